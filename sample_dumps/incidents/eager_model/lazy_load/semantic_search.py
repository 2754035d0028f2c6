"""Rank tags by meaning."""

import numpy as np

BATCH = 10


def rank(model, query: str, tags: list[str]) -> list[str]:
    """The ten tags nearest in meaning to the query; tags are encoded in batches."""
    batches = [tags[i : i + BATCH] for i in range(0, len(tags), BATCH)]
    vectors = np.concatenate([model.encode(batch, normalize_embeddings=True) for batch in batches])
    wanted = model.encode([query], normalize_embeddings=True)[0]
    order = (vectors @ wanted).argsort()[::-1]
    return [tags[i] for i in order[:10]]
