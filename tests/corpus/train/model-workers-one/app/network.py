import functools

import onnxruntime as ort


@functools.lru_cache(maxsize=1)
def network():
    """The session: its run method may be called from many threads."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession("letters.onnx", options, providers=["CPUExecutionProvider"])


def scores_of(card):
    return network().run(["scores"], {"pixels": card})[0]


network()
