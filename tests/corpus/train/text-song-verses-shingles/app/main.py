"""Sorts what collectors sent into songs and variants of songs."""

from songs import collected
from variants import Variants


def sort_in(songs):
    variants, found = Variants(), {}
    for song in songs:
        first = variants.variant_of(song)
        if first is None:
            variants.add(song)
        else:
            found.setdefault(first, []).append(song.number)
    return len(variants), found


if __name__ == "__main__":
    count, found = sort_in(collected(1_100))
    print(count, len(found), max(map(len, found.values())))
