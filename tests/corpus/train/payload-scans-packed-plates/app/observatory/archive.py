"""Makes the archives as the scanner left them: tar, packed with gzip."""

import io
import tarfile
import time

PLATE = bytes(range(251)) * 420


def packed_years(first, end, plates=14):
    for year in range(first, end):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as tar:
            for number in range(plates):
                info = tarfile.TarInfo(f"{year}/plate-{number:03d}.raw")
                info.size = len(PLATE) - 251 * (number % 7)
                tar.addfile(info, io.BytesIO(PLATE))
        time.sleep(0.04)  # the robot changes the tape
        yield year, packed.getvalue()
