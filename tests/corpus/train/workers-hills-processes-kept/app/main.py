"""Shades the hills of a survey in two processes and names the darkest square."""

from concurrent.futures import ProcessPoolExecutor

from atlas import Atlas
from relief import open_heights, shade, squares

PATH = "heights.npy"

atlas = Atlas()


def fill(atlas):
    corners = squares()
    with ProcessPoolExecutor(2, initializer=open_heights, initargs=(PATH,)) as processes:
        for corner, light in zip(corners, processes.map(shade, corners), strict=True):
            atlas.add(corner, light)


if __name__ == "__main__":
    open_heights(PATH)
    fill(atlas)
    print(atlas.darkest())
