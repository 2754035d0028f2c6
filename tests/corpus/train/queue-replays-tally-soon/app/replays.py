import io
import time
import zipfile
from pathlib import Path


class Tournament:
    """The replays of a tournament as the server packs them; the share it lies on is slow, so read once."""

    def __init__(self, path):
        self._packed = self.fetch(path)
        self._archive = zipfile.ZipFile(io.BytesIO(self._packed))

    @staticmethod
    def fetch(path):
        return Path(path).read_bytes()

    def games(self):
        return self._archive.namelist()

    def replay(self, game):
        time.sleep(0.009)  # the players' machine is for playing
        return self._archive.read(game)
