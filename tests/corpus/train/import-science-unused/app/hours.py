from crowding import expected_crowd

POOLS = {"North": (7, 20), "South": (9, 22), "River": (10, 18)}


def open_pools(hour):
    return sorted(name for name, (first, last) in POOLS.items() if first <= hour < last)


def crowded(hour):
    return expected_crowd(hour) > 100
