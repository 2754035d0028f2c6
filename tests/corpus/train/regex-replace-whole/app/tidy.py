import re

PAGE_NUMBER = re.compile(r"^- \d+ -$", re.MULTILINE)
HYPHEN = re.compile(r"(\w)-\n(\w)")
SPACES = re.compile(r"[ \t]{2,}")
BEFORE_POINT = re.compile(r"\s+([,;.)])")
LINE_END = re.compile(r"(?<!\n)\n(?!\n)")


def tidy(text):
    pages = PAGE_NUMBER.sub("", text)
    joined = HYPHEN.sub(r"\1\2", pages)
    spaced = SPACES.sub(" ", joined)
    pointed = BEFORE_POINT.sub(r"\1", spaced)
    flowing = LINE_END.sub(" ", pointed)
    return flowing.strip()
