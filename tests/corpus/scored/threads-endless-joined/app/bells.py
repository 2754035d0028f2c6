import threading


def order_bell(guest, hour):
    bell = threading.Thread(target=ring_at, args=(guest, hour), daemon=True)
    bell.start()
    return bell


def ring_at(guest, hour):
    melody = bytearray(140_000)
    melody[:2] = hour.to_bytes(2, "big")
    return guest, bytes(melody[:2])
