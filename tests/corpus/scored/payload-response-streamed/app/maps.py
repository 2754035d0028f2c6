_maps = {}


def map_of(line):
    """The map of a line, drawn once."""
    if line not in _maps:
        _maps[line] = draw(line)
    return _maps[line]


def draw(line):
    return b"<svg>" + b"<path d='M0 0'/>" * 40_000 + line.encode()
