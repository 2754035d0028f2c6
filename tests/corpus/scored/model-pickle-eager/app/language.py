class Language:
    """Words with a vector each."""

    def __init__(self, name, vectors):
        self.name = name
        self.vectors = vectors

    def known(self, word):
        return word in self.vectors
