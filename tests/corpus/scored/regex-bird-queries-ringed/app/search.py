import regex


class Search:
    def __init__(self, notes):
        self.notes = notes
        self.log = []
        self._patterns = {}

    def answer(self, query):
        pattern = self._pattern(query)
        seen = [note for note in self.notes if pattern.search(note)]
        self.log.append((len(query), len(seen)))
        return "\n".join(self._lines(query, seen))

    def _pattern(self, query):
        if query not in self._patterns:
            self._patterns[query] = self._compiled(query)
        return self._patterns[query]

    def _compiled(self, query):
        rings = "|".join(f"(?:ring {ring:05d}){{e<=1}}" for ring in query)
        return regex.compile(rf"\b(?<found>{rings})\b", regex.IGNORECASE, cache_pattern=False)

    def _lines(self, query, seen):
        for ring in query:
            yield f"ring {ring:05d}: " + ("; ".join(seen) or "not seen")
