"""A customs office clears the manifests of a night's ships."""

import random

from harbour.clearance import clear
from harbour.manifests import manifests
from harbour.trail import open_trail, tell

if __name__ == "__main__":
    open_trail()
    dice = random.Random(1602)
    refused = sum(not clear(manifest) for manifest in manifests(dice, ships=60, lots=40))
    print(f"{refused} refused")
    print(*tell("refused")[:3], sep="\n")
