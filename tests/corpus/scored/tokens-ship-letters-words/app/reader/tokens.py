from functools import lru_cache

PIECES = ("ing", "less", "like", "ed", "s")


@lru_cache(maxsize=None)
def parts(word):
    """Stem and ending of a word; there are as many words as the language has."""
    ending = next((piece for piece in PIECES if word.endswith(piece)), "")
    return (word.removesuffix(ending), f"##{ending}") if ending else (word,)


def tokens(text):
    return tuple(part for word in text.lower().split() for part in parts(word))
