import sys

from gauge.loader import Loader
from gauge.model import Rows
from gauge.photos import SIDE, decode, paths


def main(directory):
    loader = Loader(paths(directory), decode)
    model = Rows(SIDE)
    for pixels, level in loader:
        model.learn(pixels, level)
    print(len(loader), f"{model.error:.4f}")


main(*sys.argv[1:])
