import random


class Lexicon:
    """All words that an editor may use, and by their length, for the check of what readers send."""

    def __init__(self, words):
        self.all = words
        self._by_length = {}
        for word in words:
            self._by_length.setdefault(len(word), set()).add(word)

    def knows(self, word):
        return word in self._by_length.get(len(word), ())


def read_lexicon(words):
    dice = random.Random(5)
    letters = "eeeeaaarrriiioootttnnnsssllccuuddppmmhhggbbffyywkvxzjq"
    return Lexicon(sorted({"".join(dice.choices(letters, k=dice.randint(4, 13))) for _ in range(words)}))
