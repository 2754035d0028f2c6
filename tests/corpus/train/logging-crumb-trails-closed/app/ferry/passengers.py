import time

SHIPS = ("Saga", "Freya", "Idun", "Skadi")


def wishes(count):
    for number in range(count):
        if number % 60 == 0:
            time.sleep(0.03)
        yield {
            "ship": SHIPS[number % 4],
            "day": f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            "places": [
                f"deck {n % 6}, row {n % 40:02d}, seat {number % 90 + n:03d} by the window"
                for n in range(105)
            ],
            "vehicle": number % 3 == 0,
        }
