"""Writes the letters that a hotel sends to the guests of the coming weeks."""

from hotel.guests import arrivals
from hotel.office import Office


def week(number):
    office = Office("templates")
    written = sum(len(office.confirm(guest)) for guest in arrivals(number))
    return written, sum(len(text) for text in office.copies(range(0, number, 25)))


if __name__ == "__main__":
    print(week(360))
