"""Which functions of a package are called, and how often: for a look at a slow day."""

import sys
from collections import Counter
from contextlib import contextmanager


class Watch:
    def __init__(self, package):
        self._package = f"/{package}/"
        self.calls = Counter()

    def __call__(self, frame, event, argument):
        code = frame.f_code
        if self._package in code.co_filename and not code.co_name.startswith("<"):
            self.calls[code.co_name] += 1

    @contextmanager
    def on(self):
        before = sys.gettrace()
        sys.settrace(self)
        try:
            yield self
        finally:
            sys.settrace(before)

    def busiest(self):
        return self.calls.most_common(1)[0][0]
