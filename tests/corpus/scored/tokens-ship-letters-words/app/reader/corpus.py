from array import array


class Corpus:
    """All letters as numbers of tokens, one after another, with the numbers' meaning: what is trained on."""

    def __init__(self):
        self._numbers = {}
        self._stream = array("L")
        self._starts = array("L")

    def add(self, tokens):
        self._starts.append(len(self._stream))
        for token in tokens:
            self._stream.append(self._numbers.setdefault(token, len(self._numbers)))

    def __len__(self):
        return len(self._starts)

    def share_of(self, token):
        number = self._numbers[token]
        return self._stream.count(number) / len(self._stream)
