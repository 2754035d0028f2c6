import time
import zipfile


class Tournament:
    """The replays of a tournament as the server packs them."""

    def __init__(self, path):
        self._archive = zipfile.ZipFile(path)

    def games(self):
        return self._archive.namelist()

    def replay(self, game):
        time.sleep(0.005)  # the players' machine is for playing
        return self._archive.read(game)
