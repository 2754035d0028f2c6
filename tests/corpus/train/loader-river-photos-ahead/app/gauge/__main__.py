import sys

from gauge.loader import Loader
from gauge.model import Near
from gauge.photos import decode, paths


def main(directory):
    loader = Loader(paths(directory), decode)
    model = Near()
    for pixels, level in loader:
        model.learn(pixels, level)
    print(len(loader), f"{model.error:.4f}")


main(*sys.argv[1:])
