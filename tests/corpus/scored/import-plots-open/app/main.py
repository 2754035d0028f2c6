"""Draws a chart of every garden for the morning's mail."""

from charts import chart_of
from gardens import gardens

if __name__ == "__main__":
    print(sum(len(chart_of(name, rain)) for name, rain in gardens(24)))
