SYLLABLES = ("an", "be", "ca", "du", "el", "fo", "gi", "ho")


def messages(count):
    for number in range(count):
        yield number, " ".join(word(number * 31 + n * 7) for n in range(30))


def word(number):
    return "".join(SYLLABLES[(number >> shift) & 7] for shift in (0, 3, 6, 9, 12))
