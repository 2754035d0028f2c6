import re

PATTERNS = {
    "kenning": re.compile(r"\b(?P<first>[a-z]+)-(?P<second>[a-z]+)\b"),
    "year": re.compile(r"\bin the year (?P<year>\d{3,4})\b"),
    "person": re.compile(r"\b(?:king|brother|men)\b"),
}
