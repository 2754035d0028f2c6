class BookingError(ValueError):
    pass


def wishes(count):
    for number in range(count):
        yield {"name": f"guest {number}", "nights": number % 9 - 4}


def book(wish):
    form = bytearray(30_000)
    form[:4] = wish["nights"].to_bytes(4, "big", signed=True)
    if wish["nights"] <= 0:
        raise BookingError(wish["name"])
    return bytes(form)
