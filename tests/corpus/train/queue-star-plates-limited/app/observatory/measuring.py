import time

SETTLE_SECONDS = 0.025


def measure(exposed, measured):
    while (item := exposed.get()) is not None:
        field, plate = item
        time.sleep(SETTLE_SECONDS)  # the star catalogue answers one question at a time
        measured.put((field, int(plate.max())))
    measured.put(None)
