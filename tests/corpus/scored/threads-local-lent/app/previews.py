import time
import zlib

from scratch import scratch

_made = {}


def preview(name):
    time.sleep(0.03)
    with scratch() as pixels:
        for row in range(0, len(pixels), 4_096):
            pixels[row : row + 8] = name[:8].encode()
        _made[name] = smaller(pixels)
    return zlib.crc32(_made[name])


def smaller(pixels):
    return bytes(pixels[::16])
