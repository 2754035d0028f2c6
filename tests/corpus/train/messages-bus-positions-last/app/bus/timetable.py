"""The timetable of the year, which comes packed from the planners."""

import random

import msgpack


def packed(lines, journeys, seed=4):
    dice = random.Random(seed)
    packer = msgpack.Packer()
    for line in lines:
        trips = []
        for journey in range(journeys):
            start = dice.randrange(14_000, 80_000)
            times = [[stop * 37 + 10_000, start + stop * 95] for stop in range(14)]
            trips.append({"journey": journey + 1_000, "days": "weekdays in term", "times": times})
        yield packer.pack({"line": line, "trips": trips})


def read_timetable():
    unpacker = msgpack.Unpacker(max_buffer_size=8_000_000)
    for chunk in packed(("M1", "M4", "N2", "17", "23"), journeys=1_200):
        unpacker.feed(chunk)
    return {entry["line"]: entry["trips"] for entry in unpacker}
