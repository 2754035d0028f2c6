import numpy as np
from tokenizers import Tokenizer


class Cutter:
    """Cuts verses into pieces of words."""

    def __init__(self, path):
        self._model = Tokenizer.from_file(path)
        self.size = self._model.get_vocab_size()

    def counts(self, verses):
        counted = np.zeros(self.size, np.uint16)
        for cut in self._model.encode_batch(verses, add_special_tokens=False):
            np.add.at(counted, cut.ids, 1)
        return counted
