import sys

from stars.reviews import reviews
from stars.scorer import Scorer


def main(path):
    scorer = Scorer(path)
    given = [scorer.stars(text) for text in reviews(1_500)]
    print(sum(given) / len(given), len(scorer.explained))


main(sys.argv[1])
