"""A strip is a frame and its mirror images, for the archive of the day."""


class Strips:
    def __init__(self, archive):
        self.archive = archive
        self.strips = []

    def add(self, picture):
        self.strips.append(self.strip(picture))
        if len(self.strips) % 100 == 0:
            self.archive.write(self.strips[-1])

    def strip(self, picture):
        return b"".join((picture, picture[::-1]) * 8)
