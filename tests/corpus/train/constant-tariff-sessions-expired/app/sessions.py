"""Who is on the pages now, and what they have looked at."""


class Session:
    def __init__(self, visitor, now):
        self.visitor = visitor
        self.last = now
        self.history = []

    def compared(self, zone, offer):
        self.history.append({"zone": zone, "offer": offer, "shown": f"{offer:.2f} EUR in zone {zone}"})


class Sessions:
    def __init__(self, minutes):
        self._minutes = minutes
        self._sessions = {}

    def __len__(self):
        return len(self._sessions)

    def of(self, visitor, now):
        if visitor not in self._sessions:
            self._sessions[visitor] = Session(visitor, now)
        session = self._sessions[visitor]
        session.last = now
        return session

    def expire(self, now):
        old = [visitor for visitor, session in self._sessions.items() if session.last < now - self._minutes]
        for visitor in old:
            del self._sessions[visitor]
