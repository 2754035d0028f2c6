from sonar.ship import HEAD


class Track:
    """Where the ship was and how deep the sea is there. Only heads are needed for that."""

    def __init__(self):
        self._heads = []
        self.echoes = 0

    def sound(self, head, echo):
        self._heads.append(bytes(head))
        self.echoes += max(echo[:64]) > 250

    def positions(self):
        for head in self._heads:
            _, number, latitude, longitude, depth, _, _ = HEAD.unpack(head)
            yield number, latitude, longitude, depth

    def deepest(self):
        return max(self.positions(), key=lambda place: place[3])
