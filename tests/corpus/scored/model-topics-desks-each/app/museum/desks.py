from collections import Counter

from museum.topics import Topics

DESKS = []


def desk(cls):
    """Class decorator: the desk opens with the program."""
    DESKS.append(cls())
    return cls


class Desk:
    takes = frozenset()

    def __init__(self):
        self.topics = Topics.load()
        self.answered = Counter()

    def sort(self, letters):
        """Answer those that are for this desk, return the others."""
        others = []
        for letter, topic in zip(letters, self.topics.of(letters), strict=True):
            if topic in self.takes:
                self.answer(letter, topic)
            else:
                others.append(letter)
        return others

    def answer(self, letter, topic):
        self.answered[topic] += "urgent" not in letter.text


@desk
class FrontDesk(Desk):
    takes = frozenset({"tickets", "opening"})


@desk
class Shop(Desk):
    takes = frozenset({"shop"})


@desk
class Registrar(Desk):
    takes = frozenset({"loans"})


@desk
class Archive(Desk):
    takes = frozenset({"research"})


@desk
class Press(Desk):
    takes = frozenset({"press"})


@desk
class House(Desk):
    takes = frozenset({"access"})


@desk
class Education(Desk):
    takes = frozenset({"children"})
