"""Delivers notifications to the subscribers' gateways, with a sound of each subscriber's."""

from gateway import deliver
from sounds import sound_of


def serve():
    sent = 0
    for number in range(14):
        sent += deliver(f"gateway-{number}.example", sound_of(number))
    return sent


if __name__ == "__main__":
    print(serve())
