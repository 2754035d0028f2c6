from collections import Counter

from survey.answers import answer_type


class Desk:
    """Enters replies and counts what was left out."""

    def __init__(self):
        self.gaps = Counter()
        self.entered = 0

    def enter(self, form, values):
        answer = answer_type(form)(**values)
        self.gaps.update(answer.missing())
        self.entered += 1
        return answer
