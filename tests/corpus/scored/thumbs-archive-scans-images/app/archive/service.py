import io

from flask import Flask, jsonify, request
from PIL import Image

from archive.catalogue import Catalogue


def create_app():
    app = Flask("archive")
    catalogue = Catalogue()

    @app.put("/pages/<name>")
    def take(name):
        image = Image.open(io.BytesIO(request.get_data()))
        catalogue.enter(name, image)
        return jsonify(thumbnail=len(catalogue.thumbnail(name))), 201

    @app.get("/pages")
    def summary():
        return jsonify(pages=len(catalogue), dots=catalogue.dots())

    return app
