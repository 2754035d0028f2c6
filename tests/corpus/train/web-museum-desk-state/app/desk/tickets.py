from dataclasses import dataclass

WIDTH, HEIGHT = 192, 96
PRICES = {"antiquity": 900, "modern": 1_100, "instruments": 700, "garden": 400}


@dataclass
class Ticket:
    order: int
    name: str
    cents: int
    pixels: bytearray


def draw_ticket(order, hall, name):
    pixels = bytearray(b"\xff") * (WIDTH * HEIGHT)
    for row, letter in enumerate(name.encode()):
        start = row * WIDTH
        pixels[start : start + letter] = bytes(letter)
    return Ticket(order, name, PRICES[hall], pixels)
