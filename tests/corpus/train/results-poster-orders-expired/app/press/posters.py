import time
import zlib

from press.tasks import task

SIZES = {"A3": (210, 297), "A2": (297, 420), "A1": (420, 594)}


@task
def rasterise(title, size):
    """The dots of a poster, eight to a byte, in four colours."""
    if size not in SIZES:
        raise ValueError(size)
    width, height = SIZES[size]
    row = zlib.crc32(title.encode()).to_bytes(4, "little") * (width // 32)
    time.sleep(0.003)  # the plotter's driver
    return b"".join(bytes(byte ^ colour for byte in row) for colour in (3, 12, 48, 192)) * height
