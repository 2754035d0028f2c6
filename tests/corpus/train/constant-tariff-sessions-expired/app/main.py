"""The web shop of an electricity company: visitors compare what they would pay."""

from sessions import Sessions
from tariff import read_tariff
from visitors import visits

TARIFF = read_tariff(zones=3_000)
SESSIONS = Sessions(minutes=30)


def serve():
    cheapest = 1_000.0
    for number, (now, visitor, zone) in enumerate(visits(64_000)):
        if number % 800 == 0:
            SESSIONS.expire(now)
        session = SESSIONS.of(visitor, now)
        offer = TARIFF[zone, now % 24].price(200 + visitor % 90)
        session.compared(zone, offer)
        cheapest = min(cheapest, offer)
    return cheapest


if __name__ == "__main__":
    print(f"{serve():.2f}", len(SESSIONS))
