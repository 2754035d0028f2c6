import numpy as np
from safetensors.numpy import save_file

layers = {f"encoder.{n}.weight": np.random.default_rng(n).random((512, 512), np.float32) for n in range(3)}
save_file(layers, "ranker.safetensors")
