"""The evening of a ferry line: settles the tickets of the day, then answers the desk."""

from evening import Evening
from gates import Gates

EVENING = Evening(Gates(seed=8))

if __name__ == "__main__":
    EVENING.take_in(26_000)
    print(sum(bool(EVENING.answer(question)) for question in range(1_200)), EVENING.classes)
