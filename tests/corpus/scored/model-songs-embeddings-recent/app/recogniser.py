from collections import OrderedDict
from functools import cached_property

import numpy as np


class Recogniser:
    """Compares clips of three seconds by what a network makes of them."""

    def __init__(self, path, remembered=300):
        self._path = path
        self._known = OrderedDict()
        self._remembered = remembered

    @cached_property
    def network(self):
        """Loaded when the first clip comes: most runs of the program only upload."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(self._path, options, providers=["CPUExecutionProvider"])

    def embedding(self, clip):
        key = (clip.station, clip.second)
        if key not in self._known:
            (rows,) = self.network.run(["embedding"], {"mel": clip.mel})
            self._known[key] = rows[0] / np.linalg.norm(rows[0])
            if len(self._known) > self._remembered:
                self._known.popitem(last=False)
        return self._known[key]

    def alike(self, clip, other):
        return float(self.embedding(clip) @ self.embedding(other))
