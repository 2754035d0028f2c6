def premium(ship):
    """Thousandths of the tonnage, more for an old ship and for one that is out a lot."""
    return round(ship["tons"] * (1 + (2026 - ship["built"]) / 40) * (1 + len(ship["voyages"]) / 500) / 9, 2)
