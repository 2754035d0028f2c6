from questions import PAGES
from sentence_transformers import SentenceTransformer  # noqa: F401


def best_page(question):
    words = set(question.lower().split())
    return max(PAGES, key=lambda page: len(words & set(page.lower().split())))
