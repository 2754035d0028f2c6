import time
import zlib

from scratch import scratch


def preview(name):
    pixels = scratch()
    time.sleep(0.03)
    for row in range(0, len(pixels), 4_096):
        pixels[row : row + 8] = name[:8].encode()
    return zlib.crc32(pixels)
