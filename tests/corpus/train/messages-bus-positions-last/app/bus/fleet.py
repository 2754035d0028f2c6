import random
import socket

import msgpack


def report(vehicle, number, dice):
    """A report of the computer on board: where the bus is and when it will be at the next stops."""
    return {
        "vehicle": f"bus-{vehicle:03}",
        "number": number,
        "position": [51 + dice.random(), 7 + dice.random()],
        "line": dice.choice(("M1", "M4", "N2", "17", "23")),
        "doors": dice.random() < 0.2,
        "stops": [
            {"id": dice.randrange(10_000, 99_999), "due": dice.randrange(10**6), "late": dice.gauss(60, 40)}
            for _ in range(9)
        ],
    }


def drive(address, vehicle, reports):
    dice = random.Random(vehicle)
    with socket.create_connection(address) as line:
        for number in range(reports):
            line.sendall(msgpack.packb(report(vehicle, number, dice)))
        line.shutdown(socket.SHUT_WR)
        line.recv(1)
