import http.client
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

from posters.app import application


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def order(port, basin):
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", f"/posters/{basin}.svg")
    answer, size = line.getresponse(), 0
    while piece := answer.read(64_000):
        size += len(piece)
    line.close()
    return size


def exhibition(basins):
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        sizes = [order(server.server_port, basin) for basin in basins]
        server.shutdown()
        thread.join()
    return sizes


if __name__ == "__main__":
    print(exhibition(("Ruhr", "Lippe", "Sieg", "Wupper")))
