SHOPS = ("harbour", "station", "market", "castle", "mill", "bridge")


def orders(count):
    for number in range(count):
        yield {"shop": SHOPS[number % len(SHOPS)], "name": f"orders/{number:06d}.zip"}
