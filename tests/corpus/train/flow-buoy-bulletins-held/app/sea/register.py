"""Buoys by number, with what was noted of them in every year, as published by their owners."""

import random

OWNERS = ("Bergen", "Brest", "Cádiz", "Halifax", "Hobart")
NOTES = ("lost its drogue", "taken aboard", "batteries low", "frozen in", "silent for weeks")


def _notes(dice, years):
    return [f"{2004 + year}: {', '.join(dice.choices(NOTES, k=24))}" for year in range(years)]


def _register(buoys, seed=6):
    dice = random.Random(seed)
    return {number: {"owner": dice.choice(OWNERS), "notes": _notes(dice, 14)} for number in range(buoys)}


REGISTER = _register(2_400)
