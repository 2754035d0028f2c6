import random
from typing import NamedTuple


class Question(NamedTuple):
    name: str
    type: type


class Form(NamedTuple):
    title: str
    questions: tuple[Question, ...]


TOPICS = ("Housing", "Work", "Travel", "Health", "Leisure", "Media")
ASPECTS = (
    "age",
    "years",
    "rooms",
    "income",
    "hours",
    "people",
    "distance",
    "rent",
    "trips",
    "visits",
    "papers",
)


def forms():
    """One form for each topic and wave."""
    for topic in TOPICS:
        for wave in (1, 2, 3):
            asked = ASPECTS[: 4 + wave * 2]
            yield Form(
                f"{topic}Wave{wave}", tuple(Question(f"{topic.lower()}_{name}", int) for name in asked)
            )


def replies(count, seed=1936):
    """What comes in by post, in no order."""
    dice = random.Random(seed)
    known = list(forms())
    for _ in range(count):
        form = dice.choice(known)
        yield form, {question.name: dice.randrange(90) for question in form.questions if dice.random() < 0.8}
