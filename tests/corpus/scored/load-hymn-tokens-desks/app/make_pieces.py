"""Pieces of words and how likely each is, as trained elsewhere."""

import random

from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Whitespace

dice = random.Random(3)
syllables = [first + second for first in "bdfgklmnprstvw" for second in "aeiou"]
pieces = dict.fromkeys(syllables, -9.0)
while len(pieces) < 14_000:
    piece = "".join(dice.choices(syllables, k=dice.randint(1, 4)))
    pieces.setdefault(piece, -3.0 - dice.random() * 8)
model = Tokenizer(Unigram([("<unk>", 0.0), *pieces.items()], unk_id=0))
model.pre_tokenizer = Whitespace()
model.save("pieces.json")
