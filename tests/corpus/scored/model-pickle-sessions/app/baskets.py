import pickle
from pathlib import Path


class Baskets:
    """The models of the shop's visitors, in the sense of a web framework."""

    def __init__(self, directory):
        self.directory = Path(directory)

    def load_model(self, visitor):
        path = self.directory / f"{visitor}.pickle"
        return pickle.loads(path.read_bytes()) if path.is_file() else []

    def save_model(self, visitor, basket):
        (self.directory / f"{visitor}.pickle").write_bytes(pickle.dumps(basket))
