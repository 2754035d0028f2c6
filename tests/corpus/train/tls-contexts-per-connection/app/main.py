"""Delivers notifications to the subscribers' gateways."""

from gateway import deliver


def serve():
    return sum(deliver(f"gateway-{number}.example", b"hello") for number in range(6))


if __name__ == "__main__":
    print(serve())
