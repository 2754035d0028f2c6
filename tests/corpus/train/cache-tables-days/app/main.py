"""Prices of electricity, hour by hour, for whoever asks."""

from market import average
from questions import questions

if __name__ == "__main__":
    print(sum(average(day, hour) for day, hour in questions(900)))
