"""The evaluations of one night, for every surgery."""

from practice.database import prepare
from practice.night import evaluate

SURGERIES = [f"surgery_{number:02}" for number in range(1, 31)]

if __name__ == "__main__":
    prepare(SURGERIES)
    print(sum(evaluate(surgery) for surgery in SURGERIES), "rows")
