import functools


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

    @functools.cached_property
    def total(self):
        return sum(self.entries)
