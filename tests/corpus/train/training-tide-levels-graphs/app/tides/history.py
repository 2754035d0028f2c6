from dataclasses import dataclass, field


@dataclass
class History:
    """How training went; the curves are drawn from it."""

    training: list = field(default_factory=list)
    validation: list = field(default_factory=list)

    def best_epoch(self):
        return min(range(len(self.validation)), key=lambda epoch: float(self.validation[epoch]))
