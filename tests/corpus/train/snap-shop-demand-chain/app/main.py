"""Orders bread for the shops of a chain, day by day, after their sales and the weather."""

import numpy as np
from demand.chain import Chain
from demand.till import days

if __name__ == "__main__":
    chain = Chain("demand.pickle")
    ordered = 0
    for sales, weather in days(np.random.default_rng(31), number=70, shops=14):
        for shop, sold in sales.items():
            ordered += chain.shop(shop).order(sold, weather)
    print(f"{ordered:,.0f} pieces for {len(chain.shops)} shops")
