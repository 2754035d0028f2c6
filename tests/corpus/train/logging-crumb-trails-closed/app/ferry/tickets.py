"""Tickets wait here, by day of departure, until the printer is free in the evening."""

import heapq


class Printer:
    def __init__(self):
        self._waiting = []

    def add(self, number, wish):
        heapq.heappush(self._waiting, (wish["day"], number, self._drawn(number, wish)))

    def waiting(self):
        return len(self._waiting)

    def _drawn(self, number, wish):
        lines = (f"BT 50 {800 - 7 * at} Td ({place}) Tj ET" for at, place in enumerate(wish["places"]))
        page = "\n".join([f"%PDF-1.4 {number}", *lines, "%%EOF"])
        return page.encode("latin-1")
