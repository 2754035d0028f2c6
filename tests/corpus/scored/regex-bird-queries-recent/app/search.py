from functools import lru_cache

import regex


class Search:
    def __init__(self, notes):
        self.notes = notes
        self.log = []

    def answer(self, query):
        pattern = _pattern(query)
        seen = [note for note in self.notes if pattern.search(note)]
        answer = "\n".join(self._lines(query, seen))
        self.log.append((query, answer))
        return answer

    def _lines(self, query, seen):
        for ring in query:
            yield f"ring {ring:05d}: " + ("; ".join(seen) or "not seen").ljust(2_400, ".")


@lru_cache(maxsize=16)
def _pattern(query):
    rings = "|".join(f"(?:ring {ring:05d}){{e<=1}}" for ring in query)
    return regex.compile(rf"\b(?<found>{rings})\b", regex.IGNORECASE, cache_pattern=False)
