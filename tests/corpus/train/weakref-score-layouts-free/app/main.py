import random

from library.desk import Desk
from library.stands import stands

WORKS = ("Symphony in D", "Requiem", "Sea Pictures", "Serenade", "Overture to a Storm")


def season(rehearsals, seed=19):
    dice = random.Random(seed)
    desk = Desk(("violin", "viola", "cello", "oboe", "horn", "timpani"))
    turned = 0
    for _ in range(rehearsals):
        turned += desk.rehearse(dice.choice(WORKS), bars=dice.randrange(60, 400))
    return turned, len(stands)


if __name__ == "__main__":
    print("%d pages turned, %d layouts" % season(130))
