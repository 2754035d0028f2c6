from array import array

WEEK_MINUTES = 7 * 24 * 60


def departures(stops, every=6):
    """For each stop the minutes of a week at which a tram leaves."""
    return {stop: array("H", range(number % every, WEEK_MINUTES, every)) for number, stop in enumerate(stops)}


def next_departure(table, minute):
    return next((leaves for leaves in table if leaves >= minute), table[0])
