CARRIERS = ("north", "south", "post", "bike")


def parcels(count):
    for number in range(count):
        yield f"{CARRIERS[number % 4]}-{number:07d}"


def ask(parcel):
    """What a carrier sends: every station of a parcel, in its own words."""
    stations = (
        f"<station n='{n}' parcel='{parcel}'>handed over at depot {n * 13 % 71}</station>" for n in range(170)
    )
    return "delivered" + "".join(stations)
