"""What single beams saw lately, one strip each, as a scrolling picture."""

import io

from sonar.ship import BEAMS

ROOM = 1_200_000


class Recorder:
    def __init__(self, beam):
        self._beam = beam
        self._strip = io.BytesIO()

    def write(self, echo):
        """The beam's part of an echo; what does not fit begins anew at the top."""
        column = bytes(echo[self._beam :: BEAMS // 32])
        if self._strip.tell() + len(column) > ROOM:
            self._strip.seek(0)
        self._strip.write(column)

    def brightest(self):
        return max(self._strip.getbuffer()[:4_096])
