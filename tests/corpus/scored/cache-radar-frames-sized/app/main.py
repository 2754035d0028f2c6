"""Serves pictures of the rain radar to the web pages of a weather office."""

import tempfile

from radar.frames import Frames
from radar.strips import Strips
from radar.visitors import visits

frames = Frames()
strips = Strips(tempfile.TemporaryFile())


def serve():
    shown = 0
    for number, (site, minute) in enumerate(visits(2_600)):
        picture = frames.frame(site, minute)
        shown += len(picture)
        if number % 40 == 0:
            strips.add(picture)
    return shown


if __name__ == "__main__":
    print(serve())
