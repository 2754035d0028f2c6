"""Sensor readings arrive over the air; the last value of each sensor is shown."""

import struct

from station import Station


def packets(count):
    for number in range(count):
        sensor = number % 40
        yield sensor, struct.pack("<I", number) * 512


def serve():
    station = Station()
    for sensor, packet in packets(16_000):
        station.receive(sensor, packet)
    return station


if __name__ == "__main__":
    station = serve()
    print(len(station.latest))
