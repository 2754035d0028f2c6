import hashlib
import time


class Reader:
    def __init__(self, inbox):
        self.inbox = inbox
        self.plates = []

    def work(self):
        while True:
            picture = self.inbox.get()
            time.sleep(0.05)
            self.plates.append(hashlib.sha256(picture).hexdigest()[:7])
