import io
import tarfile


class Reader:
    """Takes plates out of the archives and remembers how large each was."""

    def __init__(self):
        self._sizes = {}

    def plates(self, year, packed):
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r|gz") as archive:
            for member in archive:
                plate = archive.extractfile(member).read()
                self._sizes[member.name] = len(plate)
                yield member.name, plate
