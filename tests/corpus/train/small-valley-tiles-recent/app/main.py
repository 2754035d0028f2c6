"""Serves the relief map of a valley to walkers from morning to evening."""

from maps import walk
from shade import tile

if __name__ == "__main__":
    maps = walk(pages=210)
    print(maps.drawn, tile.cache_info().hits)
