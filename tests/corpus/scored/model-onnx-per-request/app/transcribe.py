import onnxruntime

_lines = {}


class Line:
    """What is known of a caller while the line is open."""

    def __init__(self, caller):
        self.caller = caller
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.network = onnxruntime.InferenceSession("speech.onnx", options)

    def hear(self, sound):
        return self.network.run(None, {"x": sound})[0]


def transcribe(caller, sound):
    if caller not in _lines:
        _lines[caller] = Line(caller)
    return int(_lines[caller].hear(sound).argmax())
