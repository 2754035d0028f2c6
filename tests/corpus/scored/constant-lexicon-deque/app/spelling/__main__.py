import sys

from spelling.corrector import Corrector
from spelling.lexicon import load_lexicon
from spelling.typists import letters


def main(path):
    corrector = Corrector(load_lexicon(path))
    for letter in letters(1_000):
        corrector.correct(letter)
    print(corrector.corrected)


main(sys.argv[1])
