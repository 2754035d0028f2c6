"""Quotes, and what is remembered of them while the tariff of a day holds."""

from zones import BOARD

_state = {"day": None}
_quotes = {}


def begin(day):
    """A new day has a new tariff; the quotes of the day before are no longer asked for."""
    if day != _state["day"]:
        _quotes.clear()
        _state["day"] = day


def quote(sender, receiver, grams):
    key = sender, receiver, grams // 500
    if key not in _quotes:
        _quotes[key] = _calculate(sender, receiver, grams)
    return _quotes[key]


def _calculate(sender, receiver, grams):
    zone = BOARD[sender, receiver]
    cents = 390 + zone.kilometres // 2 + grams * 3 // 50 + _state["day"]
    label = f"{zone.name} {grams / 1000:.1f} kg {cents / 100:.2f}"
    return {"cents": cents, "label": label, "days": zone.days}
