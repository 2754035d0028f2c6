class Atlas:
    """How bright each square is, by its corner."""

    def __init__(self):
        self.sheets = {}

    def add(self, corner, light):
        self.sheets[corner] = light

    def darkest(self):
        return min(self.sheets, key=self.sheets.get)
