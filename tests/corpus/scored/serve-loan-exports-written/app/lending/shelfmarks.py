"""Labels for the spines, drawn once for each class: the pages show them beside every book."""

from array import array

WIDTH, HEIGHT = 200, 56


def labels(classes):
    drawn = {}
    for number in range(classes):
        dots = array("B", bytes((255 - number % 90,)) * (WIDTH * HEIGHT))
        for place, digit in enumerate(f"{number:03d}"):
            start = (20 + 8 * int(digit)) * WIDTH // 8 + 40 * place
            dots[start : start + 30] = array("B", bytes(30))
        drawn[f"{number:03d}"] = dots
    return drawn
