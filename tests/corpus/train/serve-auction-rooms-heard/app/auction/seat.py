from auction.room import bid_made


class Seat:
    """A bidder in the room: what of the catalogue is worth a look, and the bids heard so far."""

    def __init__(self, name, budget, paintings):
        self.name = name
        self.budget = budget
        self.heard = []
        self.worth_a_look = {
            painting.number: f"{painting.title}: {painting.estimate} ({painting.provenance[-1]})"
            for painting in paintings
            if painting.estimate <= budget
        }
        bid_made.connect(self._hear)

    def _hear(self, house, lot, amount):
        if lot in self.worth_a_look and len(self.heard) < 20:
            self.heard.append((lot, amount))
