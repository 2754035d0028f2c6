import random

PLACES = "Bergen Callao Durban Ostend Riga Smyrna Valparaiso Yokohama Zanzibar Cork".split()
STEMS = "sail harbour wind mother wage anchor storm captain whale rope letter fever rum star coast".split()


def words():
    return PLACES + [f"{stem}{ending}" for stem in STEMS for ending in ("", "s", "ed", "ing", "less", "like")]


def letters(count, length=90):
    chance = random.Random(1851)
    known = words()
    for _ in range(count):
        yield f"{chance.choice(PLACES)}, the {chance.randrange(1, 29)}th. " + " ".join(
            chance.choices(known, k=length)
        )
