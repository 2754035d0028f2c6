import re
from collections import Counter

NAME = re.compile(r"\b[A-Z]\w+\b")


def most_frequent(text):
    return Counter(found[0] for found in NAME.finditer(text)).most_common(1)[0]
