from dataclasses import dataclass, field


@dataclass
class Board:
    """One reader's crossword: every try, the latest last."""

    tries: list = field(default_factory=list)

    def latest(self):
        return self.tries[-1]


class Desk:
    def __init__(self, lexicon, solution):
        self.lexicon = lexicon
        self.solution = solution
        self.boards = {}

    def take(self, attempt):
        board = self.boards.setdefault(attempt["reader"], Board())
        board.tries.append(self._checked(attempt["filled"]))

    def _checked(self, filled):
        return [
            {"place": place, "word": word.upper(), "known": self.lexicon.knows(word)}
            for place, word in filled.items()
        ]

    def open_readers(self):
        return len(self.boards)

    def standing(self, reader):
        return sum(row["known"] for row in self.boards[reader].latest())
