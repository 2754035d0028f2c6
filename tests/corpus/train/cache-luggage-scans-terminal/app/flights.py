from typing import NamedTuple


class Flight(NamedTuple):
    number: str
    leaves: int
    gate: str
    belt_group: int


def plan(days):
    """All departures of a fortnight, by day and number of the day."""
    flights = {}
    for day in range(days):
        for turn in range(700):
            number = f"{('KX', 'LD', 'QP')[turn % 3]}{1_000 + turn * 7}"
            flights[day, turn] = Flight(
                number, day * 86_400 + turn * 120, f"{turn % 9}{'ABC'[turn % 3]}", turn % 4
            )
    return flights
