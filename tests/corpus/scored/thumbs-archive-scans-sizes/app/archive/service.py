import io

from flask import Flask, jsonify, request
from PIL import Image

from archive.catalogue import Catalogue


def create_app():
    app = Flask("archive")
    catalogue = Catalogue()

    @app.put("/pages/<name>")
    def take(name):
        with Image.open(io.BytesIO(request.get_data())) as image:
            catalogue.enter(name, image)
        return jsonify(thumbnail=len(catalogue.thumbnail(name))), 201

    @app.get("/pages")
    def summary():
        return jsonify(pages=len(catalogue), dots=catalogue.dots())

    return app
