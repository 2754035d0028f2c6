import random
import time

SYLLABLES = "la ro mi ten der wen hol do ris ka fen ul am bri sto gar".split()
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES][:3_000]


def remembered(questions):
    """Lines of four words; two of them as they are spoken at home, which nobody has written down."""
    people = random.Random(11)
    for number in range(questions):
        if number % 150 == 0:
            time.sleep(0.012)
        first, second = people.choices(WORDS, k=2)
        yield f"{first} {second}{number % 9_973} {second} {first[::-1]}{number:x}"
