import html
from collections import Counter

import regex

TOKEN = regex.compile(r"(?P<word>\p{L}+(?:['’]\p{L}+)*)|(?P<number>\p{N}+)")


class Words:
    def __init__(self):
        self.counts = Counter()
        self.shown = {}

    def add(self, number, letter):
        for token in TOKEN.finditer(letter):
            self.counts[token[0].casefold()] += 1
        self.shown[number] = self.page(letter)

    def page(self, letter):
        words = (f"<a href='/words/{word}'>{word}</a>" for word in letter.split())
        return html.unescape("<p>" + " ".join(words) + "</p>").encode("utf-16")
