import threading


def order_bell(guest, hour):
    asked = threading.Event()
    bell = threading.Thread(target=ring_at, args=(guest, hour, asked), daemon=True)
    bell.start()
    return bell


def ring_at(guest, hour, asked):
    melody = bytearray(140_000)
    melody[:2] = hour.to_bytes(2, "big")
    asked.wait()
    return guest, bytes(melody)
