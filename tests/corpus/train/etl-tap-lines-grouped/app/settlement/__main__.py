import sys

from settlement.network import Network
from settlement.shares import LineShares
from settlement.taps import chunks


def main(path: str) -> None:
    shares = LineShares(Network(stops=500))
    for chunk in chunks(path):
        shares.add(chunk)
    table = shares.table()
    print(shares.taps, len(table), f"{table['per_kilometre'].mean():.4f}")


main(*sys.argv[1:])
