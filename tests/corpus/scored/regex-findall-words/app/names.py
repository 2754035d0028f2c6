import re
from collections import Counter


def most_frequent(text):
    names = re.findall(r"\b([A-Z])(\w+)\b", text)
    return Counter(first + rest for first, rest in names).most_common(3)
