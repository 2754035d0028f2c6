"""A drawing program's server: boards are opened, painted on and closed."""

from boards import Board
from hub import Hub
from sessions import sessions


def serve():
    hub = Hub()
    painted = 0
    for session in sessions(900):
        board = Board(hub, session.width, session.height)
        for stroke in session.strokes:
            board.paint(stroke)
        hub.publish("closed", board.title)
        painted += board.painted
    return painted


if __name__ == "__main__":
    print(serve())
