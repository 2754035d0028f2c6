SHOPS = ("amber", "birch", "cedar", "dahlia", "elm", "fern")


def searches():
    for number in range(120):
        yield SHOPS[number % len(SHOPS)], f"query {number}"
