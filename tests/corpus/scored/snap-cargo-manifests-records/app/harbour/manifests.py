from array import array
from dataclasses import dataclass

GOODS = "bananas bearings coffee copper cotton furniture glass machinery paper rubber tea timber".split()
FLAGS = "DE DK FI LR NL NO PA PL SE".split()


@dataclass
class Manifest:
    ship: str
    flag: str
    lot: int
    code: int
    goods: str
    pieces: array
    declaration: str


def manifests(dice, ships, lots):
    """One after another, as the ships send them."""
    for ship in range(ships):
        name, flag = f"MV {dice.choice(GOODS).title()} {ship}", dice.choice(FLAGS)
        for lot in range(lots):
            goods = dice.choice(GOODS)
            pieces = array("H", (dice.randrange(1_000, 30_000) for _ in range(48)))
            marks = ", ".join(f"{goods} {flag}{dice.randrange(10**9):09}" for _ in range(320))
            yield Manifest(name, flag, lot, dice.randrange(9_000), goods, pieces, f"{name}: {marks}")
