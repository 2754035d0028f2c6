"""Keeps an eye on the register: how many statements, and what they look like."""

from collections import deque


class Watch:
    def __init__(self):
        self.count = 0
        self.told = deque(maxlen=200)

    def statement(self, text):
        self.count += 1
        self.told.append(text)

    def report(self):
        return f"{self.count} statements, such as {self.told[-1][:30]}"
