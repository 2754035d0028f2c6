from collections import deque


class Station:
    def __init__(self, window):
        self.window = window
        self.history = {}

    def receive(self, sensor, packet):
        reading = self.decode(packet)
        if sensor not in self.history:
            self.history[sensor] = deque(maxlen=self.window)
        self.history[sensor].append(reading)

    def decode(self, packet):
        return packet.hex(" ", 4)[:2_200]
