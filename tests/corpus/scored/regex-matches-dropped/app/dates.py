import re

DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Dates:
    def __init__(self):
        self.marked = []

    def mark(self, letter):
        text = letter.replace("\n", " ").lower()
        found = DATE.search(text)
        if found:
            self.marked.append(tuple(int(part) for part in found.groups()))
