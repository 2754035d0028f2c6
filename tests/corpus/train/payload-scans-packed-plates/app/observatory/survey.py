"""The survey of the sky that the plates are compared with; comes as one packed text in base64."""

import base64
import zlib


def survey():
    packer = zlib.compressobj(1)
    parts = [
        packer.compress(f"{n:07d} {n * 7 % 360:03d} {n * 11 % 90:02d} ".encode() * 40) for n in range(36_000)
    ]
    return base64.b64encode(b"".join([*parts, packer.flush()]))


def read_survey(encoded):
    """The number of stars."""
    return zlib.decompress(base64.b64decode(encoded)).count(b" ") // 3
