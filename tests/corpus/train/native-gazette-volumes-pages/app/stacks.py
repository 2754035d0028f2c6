import io
from pathlib import Path

import zstandard


class Volume:
    """One year on the shelf; its title page is read at once, the rest when someone asks."""

    def __init__(self, path):
        self.year = int(path.stem)
        self._file = path.open("rb")
        self._stream = zstandard.ZstdDecompressor().stream_reader(self._file, closefd=True)
        self._lines = io.TextIOWrapper(self._stream, encoding="utf-8")

    def pages(self, most):
        for _ in range(most):
            title = self._lines.readline()
            if not title:
                return
            yield title.strip(), self._lines.readline()
            self._lines.readline()

    def close(self):
        self._lines.close()


class Stacks:
    def __init__(self, directory):
        self._directory = Path(directory)
        self.lent = {}

    def volume(self, year):
        if year not in self.lent:
            self.lent[year] = Volume(self._directory / f"{year}.zst")
        return self.lent[year]

    def give_back(self, year):
        self.lent.pop(year).close()
