import logging


class Report(logging.Handler):
    """Collects what went wrong for the letter of the evening."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.problems = []

    def emit(self, record):
        self.problems.append(self.format(record))
