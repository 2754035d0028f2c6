"""The card of every book, as it was typed when the book came in."""

SUBJECTS = ("ferns", "bridges", "sagas", "mosses", "canals", "bells", "kites", "ciphers", "comets")


def typed(mark, number):
    subject = SUBJECTS[number % len(SUBJECTS)]
    lines = [f"{mark}{number:05}  On {subject}, volume {number % 7 + 1}"]
    lines += [f"  see also {mark}{number * step % 10_000:05}, {SUBJECTS[step % 9]}" for step in range(3, 31)]
    return "\n".join(lines)


cards = {f"{mark}{number:05}": typed(mark, number) for mark in "ABCDEF" for number in range(3_400)}
