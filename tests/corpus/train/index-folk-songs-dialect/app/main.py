"""Search desk of a folk song archive: visitors type a line as they remember it."""

import archive
from visitors import remembered

ARCHIVE = archive.opened(songs=2_600)


def serve(questions):
    found = 0
    for line in remembered(questions):
        best = ARCHIVE.search(line)
        found += best is not None
    return found


if __name__ == "__main__":
    print(serve(30_000))
