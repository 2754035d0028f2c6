"""Writes the weights of the tagger as the training leaves them."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WORDS, WIDTH, TAGS = 16_384, 720, 12
dice = np.random.default_rng(4)
parts = {
    "words": dice.normal(size=(WORDS, WIDTH)).astype(np.float32),
    "tags": dice.normal(size=(WIDTH, TAGS)).astype(np.float32),
}
graph = helper.make_graph(
    [
        helper.make_node("MatMul", ["counts", "words"], ["hidden"]),
        helper.make_node("Tanh", ["hidden"], ["bent"]),
        helper.make_node("MatMul", ["bent", "tags"], ["scores"]),
    ],
    "tagger",
    [helper.make_tensor_value_info("counts", TensorProto.FLOAT, [1, WORDS])],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, TAGS])],
    [numpy_helper.from_array(part, name) for name, part in parts.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
model.ir_version = 9
onnx.save(model, "tagger.onnx")
