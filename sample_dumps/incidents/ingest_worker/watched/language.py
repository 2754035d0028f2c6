"""The language model: a vector for each word. Large, wanted, and always the same size."""

from typing import NamedTuple

import numpy as np

WORDS = 20_000
DIMENSIONS = 800


class Language(NamedTuple):
    rows: dict[str, int]
    vectors: np.ndarray


def load() -> Language:
    """The model: 64 MB of vectors and their words."""
    rows = {f"word{i}": i for i in range(WORDS)}
    vectors = np.random.default_rng(7).standard_normal((WORDS, DIMENSIONS), dtype=np.float32)
    return Language(rows, vectors)


def score(model: Language, text: str) -> float:
    """How close the words of a text are to the first word of the model."""
    known = [model.rows[word] for word in text.split(maxsplit=50)[:50] if word in model.rows]
    return float((model.vectors[known] @ model.vectors[0]).mean()) if known else 0.0
