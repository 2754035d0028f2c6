import functools

RATES = {"EUR": 1.0, "CHF": 0.94, "USD": 1.08}


class Statement:
    """One month of one account, with the page that is printed."""

    def __init__(self, account):
        self.iban = account["iban"]
        self.entries = account["entries"]
        self.page = self.typeset()

    def typeset(self):
        lines = [
            f"{self.iban}  {n:>4}  {amount:>12.2f} EUR  " + "." * 140 for n, amount in enumerate(self.entries)
        ]
        return "\n".join(lines).encode()

    @functools.lru_cache(maxsize=None)
    def total(self, currency):
        return sum(self.entries) * RATES[currency]
