import zlib


class History:
    """Every state a parcel was ever in, for the customer's page."""

    def __init__(self):
        self._states = {}

    def add(self, parcel, answer):
        self._states.setdefault(parcel, []).append(self.packed(parcel, answer))

    def packed(self, parcel, answer):
        return zlib.compress(answer.encode(), 1) + parcel.encode() * 500

    def __len__(self):
        return len(self._states)
