"""Outlines of the parishes: which of them a house belongs to is asked all day."""

import math
from array import array


def outline(number, points):
    x, y = number % 70 * 10.0, number // 70 * 10.0
    line = array("d")
    for point in range(points):
        angle = 2 * math.pi * point / points
        line.append(x + (4.6 + 0.3 * math.sin(angle * (3 + number % 5))) * math.cos(angle))
        line.append(y + (4.6 + 0.3 * math.cos(angle * 4)) * math.sin(angle))
    return line


def read_outlines(count, points=360):
    return [outline(number, points) for number in range(count)]


OUTLINES = read_outlines(4_200)


def parish_of(x, y):
    number = round(y / 10) * 70 + round(x / 10)
    return number if 0 <= number < len(OUTLINES) and _inside(OUTLINES[number], x, y) else None


def _inside(line, x, y):
    inside = False
    before_x, before_y = line[-2], line[-1]
    for point in range(0, len(line), 2):
        here_x, here_y = line[point], line[point + 1]
        if (here_y > y) != (before_y > y):
            inside ^= x < (before_x - here_x) * (y - here_y) / (before_y - here_y) + here_x
        before_x, before_y = here_x, here_y
    return inside
