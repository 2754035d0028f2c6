import random
from dataclasses import dataclass, field

LABELS = ("Amiga", "Supraphon", "Melodiya", "Qualiton", "Muza")
GRADES = ("mint", "very good", "good", "fair")


@dataclass
class Record:
    number: str
    label: str
    price: int
    sleeve: bytes
    history: list = field(default_factory=list)


def bought(number, seed=6):
    """A box from the attic: records with a scan of the sleeve."""
    dice = random.Random(seed)
    for index in range(number):
        scan = dice.randbytes(400) * 45
        yield Record(
            f"{dice.choice(LABELS)}-{index:05}", dice.choice(LABELS), dice.randrange(300, 9_000), scan
        )


def graded(record, day):
    """Records lose in price when they lie; the history says when and how much."""
    loss = record.price * (day % 5) // 100
    record.history.append((day, GRADES[day % 4], -loss))
    record.price -= loss
    return record
