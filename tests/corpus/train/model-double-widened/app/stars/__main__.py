import sys

from stars.reviews import reviews
from stars.scorer import Scorer


def main(path):
    scorer = Scorer(path)
    given = [scorer.stars(text) for text in reviews(150)]
    print(sum(given) / len(given))


main(sys.argv[1])
