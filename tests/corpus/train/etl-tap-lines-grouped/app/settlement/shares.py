import pandas as pd

from settlement.network import Network


class LineShares:
    """What each line earned and how far it carried people for it."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._lines = []
        self.taps = 0

    def add(self, chunk: pd.DataFrame) -> None:
        self.taps += len(chunk)
        kilometres = self._network.between(chunk["boarded"].to_numpy(), chunk["left"].to_numpy())
        lines = chunk.assign(kilometres=kilometres).groupby("line", sort=False)
        self._lines.append(lines)

    def table(self) -> pd.DataFrame:
        parts = [lines[["fare", "rebate", "kilometres"]].sum() for lines in self._lines]
        total = pd.concat(parts).groupby(level="line").sum()
        return total.assign(per_kilometre=total["fare"] / total["kilometres"])
