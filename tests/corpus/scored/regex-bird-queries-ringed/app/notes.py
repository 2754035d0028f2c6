BIRDS = ("bluethroat", "redstart", "firecrest", "wryneck", "dotterel", "whimbrel", "garganey", "smew")


def notes(count):
    return [
        f"{n % 28 + 1} May: {BIRDS[n % 8]} by the north pond, ring {n * 7919 % 90_000:05d}"
        for n in range(count)
    ]
