import numpy as np


def days(dice, number, shops, articles=4_000):
    """What the tills of all shops report in the evening, and the weather of the day after."""
    for _ in range(number):
        usual = dice.gamma(2.0, 6.0, size=articles)
        sales = {f"shop {shop:02}": dice.poisson(usual).astype(np.float64) for shop in range(shops)}
        yield sales, dice.normal(size=24)
