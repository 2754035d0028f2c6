from functools import lru_cache

PIECES = ("ing", "less", "like", "ed", "s")


@lru_cache(maxsize=None)
def tokens(text):
    """Stems and endings of a text. Texts are asked for several times: to sort, to count and to show."""
    found = []
    for word in text.lower().split():
        ending = next((piece for piece in PIECES if word.endswith(piece)), "")
        found.append(word.removesuffix(ending) if ending else word)
        if ending:
            found.append(f"##{ending}")
    return tuple(found)
