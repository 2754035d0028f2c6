def draw(tile):
    """The tile's picture: 128 x 128 pixels of 3 bytes."""
    zoom, east, north = tile
    row = bytes((east * x + north) % 251 for x in range(128 * 3))
    picture = row * 128
    return picture
