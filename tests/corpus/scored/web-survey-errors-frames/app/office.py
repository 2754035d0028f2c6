from flask import Flask, jsonify, request
from points import BadLine, read_points
from troubles import Troubles


class Heights:
    def __init__(self):
        self.highest = 0.0

    def take(self, points):
        self.highest = max(self.highest, *points[2::3])


def create_app():
    app = Flask("office")
    troubles, heights = Troubles(), Heights()

    @app.post("/points/<name>")
    def take_points(name):
        content = request.get_data()
        try:
            heights.take(read_points(content))
        except BadLine as error:
            troubles.note(name, error)
            return jsonify(error=str(error)), 422
        return jsonify(highest=heights.highest)

    @app.get("/state")
    def state():
        return jsonify(errors=len(troubles), last=troubles.lines())

    return app
