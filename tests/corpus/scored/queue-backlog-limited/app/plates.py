import hashlib


class Reader:
    def __init__(self, inbox):
        self.inbox = inbox
        self.cars = {}

    def work(self):
        while (picture := self.inbox.get()) is not None:
            plate = hashlib.sha256(picture).hexdigest()[:7] + str(len(self.cars))
            self.cars[plate] = crop(picture)


def crop(picture):
    return picture[:40_000]
