from collections.abc import Iterator

import pandas as pd

ROWS_AT_ONCE = 25_000
TYPES = {"line": "int64", "boarded": "int64", "left": "int64", "fare": "float64", "rebate": "float64"}


def chunks(path: str) -> Iterator[pd.DataFrame]:
    """The taps of a month, a piece at a time: the file is far too large to be read whole."""
    with pd.read_csv(path, dtype=TYPES, chunksize=ROWS_AT_ONCE) as reader:
        for chunk in reader:
            yield chunk[chunk["fare"] > 0]
