from collections import defaultdict

import regex

TOKEN = regex.compile(r"(?P<word>\p{L}+(?:['’]\p{L}+)*)|(?P<number>\p{N}+)")


class Concordance:
    def __init__(self):
        self._places = defaultdict(list)

    def add(self, number, letter):
        for token in self.tokens(letter):
            self._places[token[0].casefold()].append((number, token))

    def tokens(self, letter):
        return list(TOKEN.finditer(letter))

    def context(self, word, around=12):
        number, token = self._places[word][0]
        return number, token.string[max(0, token.start() - around) : token.end() + around]

    def __len__(self):
        return sum(map(len, self._places.values()))
