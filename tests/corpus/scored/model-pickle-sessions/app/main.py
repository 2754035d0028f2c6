"""A shop that keeps its visitors' baskets pickled in files, and shows each its history."""

import tempfile

from baskets import Baskets

history = {}


def serve(directory):
    baskets = Baskets(directory)
    for visit in range(4_000):
        visitor = visit % 200
        basket = baskets.load_model(visitor)
        basket.append(visit)
        baskets.save_model(visitor, basket)
        history[visit] = page(visit, basket)
    return len(history)


def page(visit, basket):
    return f"<h1>{visit}</h1>" + f"<li>article {basket[0]}</li>" * 300


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        print(serve(directory))
