import re


def longest(novel):
    found = re.match(r'"(?:[^"\\]|\\.)*"', novel)
    return found.end() if found else 0
