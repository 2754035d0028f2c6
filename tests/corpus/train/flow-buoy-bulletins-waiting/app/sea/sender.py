import random
import socket
from threading import Thread


class Sender:
    """Stands for the satellite's ground station: sends what it has as fast as it is taken."""

    def __init__(self, bulletins, seed=41):
        self._bulletins = bulletins
        dice = random.Random(seed)
        self._rests = [self._rest(dice) for _ in range(60)]
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = self._listening.getsockname()
        Thread(target=self._send, daemon=True).start()

    def _send(self):
        line, _ = self._listening.accept()
        with line, line.makefile("w", encoding="ascii") as out:
            for number in range(self._bulletins):
                out.write(f"ZZYY {number * 37 % 900:05d} {number:08d} {self._rests[number % 60]}\n")

    def _rest(self, dice):
        column = " ".join(f"2{depth:04d} 3{dice.randrange(280):04d}" for depth in range(0, 700, 20))
        surface = f"0{dice.randrange(280):03d}{'/' * 300}"
        return f"{'1' * 160}={'7' * 290}={surface}={column}={'no drogue ' * 40}"
