"""Measures how the pipes of an organ speak, from the takes of a studio."""

import sys

from takes import takes
from voicing import voice

PIPES = 56


def main(directory):
    voicing = voice(takes(directory), PIPES)
    print(max(range(PIPES), key=voicing.attack), voicing.spectra.max().round(2))


if __name__ == "__main__":
    main(*sys.argv[1:])
