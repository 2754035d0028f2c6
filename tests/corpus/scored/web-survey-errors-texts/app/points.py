from array import array


class BadLine(ValueError):
    pass


def read_points(content):
    """East, north and height of every line, one after another."""
    points = array("d")
    for line in content.decode().splitlines():
        numbers = line.split()
        if len(numbers) != 3:
            raise BadLine(f"line {len(points) // 3}: {line!r}")
        points.extend(map(float, numbers))
    return points
