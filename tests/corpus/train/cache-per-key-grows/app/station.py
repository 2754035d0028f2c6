class Station:
    def __init__(self):
        self.latest = {}
        self.history = {}

    def receive(self, sensor, packet):
        reading = self.decode(packet)
        self.latest[sensor] = reading
        self.history.setdefault(sensor, []).append(reading)

    def decode(self, packet):
        return packet.hex(" ", 4)[:2_200]
