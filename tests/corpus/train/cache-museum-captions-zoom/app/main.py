"""Touch screens beside the exhibits of a museum: captions in four languages, as large as one wants them."""

from captions import caption
from screens import touches


def open_hours(touched):
    lines = 0
    for exhibit, language, zoom in touches(touched):
        lines += caption(exhibit, language, zoom).lines
    return lines


if __name__ == "__main__":
    print(open_hours(31_000))
