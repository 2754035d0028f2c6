class Atlas:
    """Shaded squares by their corner, for the printer."""

    def __init__(self):
        self.sheets = {}

    def add(self, corner, light):
        self.sheets[corner] = light

    def darkest(self):
        return min(self.sheets, key=lambda corner: self.sheets[corner].mean())
