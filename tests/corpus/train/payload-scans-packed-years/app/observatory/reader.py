import gzip
import io
import tarfile


class Reader:
    """Takes plates out of the archives; plates that were looked at can be compared with later ones."""

    def __init__(self):
        self._open = {}

    def plates(self, year, packed):
        for member in self._archive(year, packed):
            yield member.name, self._open[year].extractfile(member).read()

    def _archive(self, year, packed):
        if year not in self._open:
            self._open[year] = tarfile.open(fileobj=io.BytesIO(gzip.decompress(packed)))
        return self._open[year]
