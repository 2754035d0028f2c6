"""A ship that sounds its way along a line and sends every ping over a socket."""

import random
import socket
import struct
import threading
import time

HEAD = struct.Struct("<4sIddHHI")  # mark, number, latitude, longitude, depth, beams, length
BEAMS = 512


def ping(number, dice):
    depth = 400 + number % 900
    echo = dice.randbytes(256) * (BEAMS * 32 // 256)
    head = HEAD.pack(b"PING", number, 54.0 + number / 9_000, 7.5, depth, BEAMS, len(echo))
    return head + echo


def sail(connection, pings, seed):
    dice = random.Random(seed)
    with connection:
        for number in range(pings):
            time.sleep(0.0006)  # the echo is on its way
            connection.sendall(ping(number, dice))


def depart(pings, seed=2_023):
    """The shore's end of a connection to a ship that is on its way."""
    shore, ship = socket.socketpair()
    threading.Thread(target=sail, args=(ship, pings, seed), daemon=True).start()
    return shore
