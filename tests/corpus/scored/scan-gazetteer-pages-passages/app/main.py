"""Finds out which places the letters of a travelling botanist mention, and how often."""

from gazetteer import Gazetteer
from letters import letters
from mentions import Mentions

gazetteer = Gazetteer.read(places=4_000)
mentions = Mentions(gazetteer)


def journey(number):
    for letter in letters(number):
        mentions.look_through(letter)
    return mentions.most(5)


if __name__ == "__main__":
    print(journey(150))
