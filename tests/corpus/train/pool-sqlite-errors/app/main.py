"""Takes stock counts from the warehouses into a small database."""

import tempfile

from stock import StockError, record_count
from warehouse import counts


def serve(path):
    refused = 0
    for line in counts(900):
        try:
            record_count(path, line)
        except StockError:
            refused += 1
    return refused


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        print(serve(f"{directory}/stock.db"))
