"""Shades the hills of a survey in two processes and names the darkest square."""

import multiprocessing

from atlas import Atlas
from relief import brightness, open_heights, squares

atlas = Atlas()


def fill(atlas):
    corners = squares()
    with multiprocessing.get_context("fork").Pool(2) as processes:
        for corner, light in zip(corners, processes.imap(brightness, corners, chunksize=4), strict=True):
            atlas.add(corner, light)


if __name__ == "__main__":
    open_heights("heights.npy")
    fill(atlas)
    print(atlas.darkest())
