"""Marks the kennings and the dates in a collection of sagas, for the readers of a seminar."""

from verses.reader import Reader
from verses.sagas import sagas

if __name__ == "__main__":
    reader = Reader()
    for title, text in sagas(number=40):
        reader.mark(title, text)
    for name, times in reader.totals():
        print(f"{name:10} {times}")
