"""Tells a gardener every morning whether to water."""

from advice import advice
from gauges import rain

if __name__ == "__main__":
    print(advice(rain(days=900)))
