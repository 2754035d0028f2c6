from practice.database import engine_of
from practice.questions import questions


def evaluate(surgery):
    rows = 0
    with engine_of(surgery).connect() as connection:
        for question in questions():
            rows += len(connection.execute(question).all())
    return rows
