"""Draws the tiles of a hiking map as people look at it."""

from drawing import draw
from service import Service
from walkers import looked_at

if __name__ == "__main__":
    with Service(draw) as service:
        for tile in looked_at():
            service.request(tile)
