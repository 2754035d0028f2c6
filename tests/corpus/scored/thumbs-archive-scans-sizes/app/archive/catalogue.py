import io

from PIL import Image

SHEET = (3_000, 2_400)


class Catalogue:
    """What the archive knows of its pages, by name, and a sheet with all of them for the reading room."""

    def __init__(self):
        self._sizes = {}
        self._thumbnails = {}
        self._sheet = blank_sheet()

    def enter(self, name, image):
        place = len(self._sizes)
        self._sizes[name] = image.size
        small = image.resize((96, 96 * image.height // image.width))
        self._sheet.paste(small, (place % 30 * 100, place // 30 * 80))
        self._thumbnails[name] = packed(small)

    def thumbnail(self, name):
        return self._thumbnails[name]

    def dots(self):
        return sum(width * height for width, height in self._sizes.values())

    def __len__(self):
        return len(self._sizes)


def blank_sheet():
    return Image.new("RGB", SHEET, "white")


def packed(image):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
