"""The consolidated acts as the printing office delivers them."""

import time

WORDS = (
    "the authority may by order amend this section where a licence has been granted under part two".split()
)


def deliveries(acts):
    """Number and XML of each act; the oldest have few sections, the newest have many."""
    for number in range(1, acts + 1):
        sections = "".join(_section(number, place) for place in range(150 + number % 50))
        yield number, f"<act number='{number}'><title>Act {number}</title>{sections}</act>".encode()
        time.sleep(0.02)


def _section(number, place):
    text = " ".join(WORDS[(number + place * 3 + step) % len(WORDS)] for step in range(24))
    definition = f"<definition term='t{place}'>{text}</definition>" if place == 4 else ""
    references = "".join(
        f"<ref act='{(number * 7 + place * step) % 110}' section='{place * step % 140}'/>"
        for step in range(1, 4)
    )
    return f"<section id='s{place}'><head>{place}.</head>{definition}<p>{text}</p>{references}</section>"
