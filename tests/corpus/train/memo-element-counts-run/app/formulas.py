"""Formulas by nominal mass, counted element by element."""

import time

#: Mass of an atom; hydrogen last, as it takes what is left.
ELEMENTS = (("C", 12), ("N", 14), ("O", 16), ("S", 32), ("H", 1))
HYDROGEN = len(ELEMENTS) - 1


def explain(masses, limits):
    """Mass to the number of formulas that have it."""
    time.sleep(0.02)  # the next file
    known = {}
    return {mass: ways(mass, 0, limits, known) for mass in masses}


def ways(mass, at, limits, known):
    if at == HYDROGEN:
        return 1 if mass <= limits[at] else 0
    key = mass, at, limits
    if key not in known:
        atom = ELEMENTS[at][1]
        most = min(limits[at], mass // atom)
        known[key] = sum(ways(mass - atom * count, at + 1, limits, known) for count in range(most + 1))
    return known[key]
