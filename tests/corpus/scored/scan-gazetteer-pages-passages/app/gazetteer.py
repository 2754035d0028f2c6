import random
from dataclasses import dataclass

STARTS = "Al Bor Cas Dun Esk Fal Gren Hol Inver Kil Lang Mar Nor Ost Pen Rav Sten Tor Ul Wes".split()
ENDS = "by dale fell field firth ham holm ness stead thorpe ton vik wick worth".split()


@dataclass(slots=True)
class Place:
    name: str
    lat: float
    lon: float
    older: tuple


class Gazetteer:
    """Every place with the ways in which its name was written."""

    def __init__(self, places):
        self._places = places

    @classmethod
    def read(cls, places):
        dice = random.Random(31)
        return cls({name: cls._place(name, dice) for name in cls._names(places)})

    @staticmethod
    def _names(places):
        return (f"{STARTS[n % 20]}{ENDS[n // 20 % 14]}-{n // 280:x}" for n in range(places))

    @staticmethod
    def _place(name, dice):
        older = tuple(name.replace(old, new) for old, new in (("by", "bye"), ("i", "y"), ("-", "e-")))
        return Place(name, dice.uniform(50, 70), dice.uniform(-9, 19), older)

    def spellings(self, name):
        return (name, *self._places[name].older)

    def along_the_way(self, letter, number=40):
        """The places that may be meant, by where the letter was posted."""
        names = list(self._places)
        first = letter * 397 % (len(names) - number)
        return names[first : first + number]
