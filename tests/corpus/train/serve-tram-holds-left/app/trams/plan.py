"""Plans of the trams as shown to whoever books: grey, the held seats dark."""

WIDTH, HEIGHT, SEAT = 480, 220, 20


def plan(tram, taken):
    dots = bytearray(bytes((200 + tram,)) * (WIDTH * HEIGHT))
    for seat in taken:
        left, top = seat % 22 * (SEAT + 1) + 4, 40 + seat // 22 * (SEAT + 80)
        for row in range(top, top + SEAT):
            dots[row * WIDTH + left : row * WIDTH + left + SEAT] = bytes((40,)) * SEAT
    return bytes(dots)
