from queue import SimpleQueue

import numpy as np
import onnxruntime
from sklearn.feature_extraction.text import HashingVectorizer

TAGS = "depth lights buoys wreck dredging pilots ice cable bridge works cargo other".split()
counts = HashingVectorizer(n_features=16_384, alternate_sign=False)


class Taggers:
    """Taggers to borrow; a session may be run by several threads, so that the queue has one."""

    def __init__(self, path, size):
        self.size = size
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._free = SimpleQueue()
        self._free.put(onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]))

    def tag(self, text):
        row = counts.transform([text]).toarray().astype(np.float32)
        session = self._free.get()
        try:
            return TAGS[int(session.run(None, {"counts": row})[0].argmax())]
        finally:
            self._free.put(session)
