import threading

from depot.customers import print_labels
from depot.server import make_server


def shift(parcels):
    server = make_server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        done = print_labels(server.server_port, parcels)
    finally:
        server.shutdown()
        thread.join()
    return done


if __name__ == "__main__":
    labels, scrape = shift(2_000)
    print(labels, "labels;", scrape, "bytes of metrics")
