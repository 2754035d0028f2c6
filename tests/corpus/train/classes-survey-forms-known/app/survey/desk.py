from collections import Counter

from survey.answers import answer_type
from survey.pages import printed


class Desk:
    """Enters replies and counts what was left out."""

    def __init__(self):
        self.gaps = Counter()
        self.entered = 0
        self.thick = 0

    def enter(self, form, values):
        answer = answer_type(form)(**values)
        self.gaps.update(answer.missing())
        self.entered += 1
        self.thick += sum(printed(form.title, page).count(b"\x7f") > 900 for page in range(self.entered % 4))
        return answer
