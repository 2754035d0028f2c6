def calls(count):
    for number in range(count):
        yield number, f"{{'user': {number}, 'cart': '" + "item;" * 1_600 + "'}"
