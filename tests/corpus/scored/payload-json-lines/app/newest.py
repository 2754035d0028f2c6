import json

from trigrams import Trigrams


def newest(lines):
    trigrams = Trigrams(4_096, 1_500)
    last = {}
    for line in lines:
        entry = json.loads(line)
        trigrams.add(entry["id"], entry["text"])
        last = max(last, entry, key=lambda e: e.get("id", -1))
    return last["author"], trigrams
