from collections import defaultdict

from practice.database import engine_of
from practice.questions import questions

#: Everything that came out, by surgery: the letters are written from it in the morning.
answers = defaultdict(list)


def evaluate(surgery):
    rows = 0
    with engine_of(surgery).connect() as connection:
        for question in questions():
            table = connection.execute(question).all()
            answers[surgery].append(table)
            rows += len(table)
    return rows
