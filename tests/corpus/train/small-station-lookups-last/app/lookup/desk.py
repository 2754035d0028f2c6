import time

NEAREST = """
    SELECT station.name, station.place FROM station
    WHERE station.short = ? AND station.name >= ?
      AND station.latitude BETWEEN 34.5 AND 71.2 AND station.place NOT LIKE '%closed%'
    ORDER BY station.name LIMIT 1
"""


class Desk:
    """Answers with the station that is nearest to what was typed."""

    def __init__(self, register, watch):
        self._register = register
        self._register.set_trace_callback(watch.statement)

    def answer(self, typed):
        row = self._register.execute(NEAREST, (typed[:4].lower(), typed)).fetchone()
        return row and row[0]

    def serve(self, requests):
        known = 0
        for number, typed in enumerate(requests):
            known += self.answer(typed) is not None
            if number % 50 == 0:
                time.sleep(0.01)
        return known
