import random

from gallery.collection import hang
from gallery.walks import Planner
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session


def season(groups, seed=21):
    dice = random.Random(seed)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    hang(engine, artists=500, works=14)
    with Session(engine) as session:
        planner = Planner(session)
        minutes = sum(planner.walk(dice.sample(range(1, 501), 4)).minutes for _ in range(groups))
    engine.dispose()
    return minutes


if __name__ == "__main__":
    print(season(420), "minutes in all")
