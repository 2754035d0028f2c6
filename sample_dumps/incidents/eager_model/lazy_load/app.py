"""The recipe service: text search, and search by meaning over tags."""

from flask import Flask

import routes
from recipes import fill


def create_app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(routes.pages)
    fill()
    return app
