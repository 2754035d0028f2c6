"""Rank tags by meaning."""


def rank(model, query: str, tags: list[str]) -> list[str]:
    """The ten tags nearest in meaning to the query; all tags are encoded in one go."""
    vectors = model.encode(tags, batch_size=len(tags), normalize_embeddings=True)
    wanted = model.encode([query], normalize_embeddings=True)[0]
    order = (vectors @ wanted).argsort()[::-1]
    return [tags[i] for i in order[:10]]
