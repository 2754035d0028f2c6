"""Takes stock counts from the warehouses into a small database and draws them."""

import tempfile

from drawing import draw_counts
from stock import StockError, close, record_count
from warehouse import counts


def serve(path):
    refused = 0
    for line in counts(900):
        try:
            record_count(path, line)
        except StockError:
            refused += 1
    close()
    return refused


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        print(serve(f"{directory}/stock.db"))
        print(len(draw_counts(900)))
