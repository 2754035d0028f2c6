import threading

import onnxruntime as ort

_local = threading.local()


def network():
    """A session of the thread's own, so that nobody waits for another."""
    if not hasattr(_local, "session"):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        _local.session = ort.InferenceSession("letters.onnx", options, providers=["CPUExecutionProvider"])
    return _local.session


def scores_of(card):
    return network().run(["scores"], {"pixels": card})[0]
