import io


class Catalogue:
    """What the archive knows of its pages, by name."""

    def __init__(self):
        self._pages = {}
        self._thumbnails = {}

    def enter(self, name, image):
        self._pages[name] = image
        self._thumbnails[name] = shrunk(image)

    def thumbnail(self, name):
        return self._thumbnails[name]

    def dots(self):
        return sum(image.width * image.height for image in self._pages.values())

    def __len__(self):
        return len(self._pages)


def shrunk(image, longest=96):
    small = image.resize((longest, longest * image.height // image.width))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70)
    return out.getvalue()
