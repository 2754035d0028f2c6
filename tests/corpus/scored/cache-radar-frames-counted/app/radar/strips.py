"""A strip is a frame and its mirror images, for the archive of the day."""


class Strips:
    def __init__(self, archive):
        self.archive = archive
        self.count = 0

    def add(self, picture):
        self.archive.write(self.strip(picture))
        self.count += 1

    def strip(self, picture):
        return b"".join((picture, picture[::-1]) * 8)
