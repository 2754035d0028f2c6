"""Answers for electricity meters: each has a line of its own, open day and night."""

import threading

from answering import answer
from lines import open_lines

if __name__ == "__main__":
    closing = threading.Event()
    lines = open_lines(24, answer, closing)
    print(sum(line.wait_for_calls(30) for line in lines))
