from torch import nn


class TideNet(nn.Module):
    def __init__(self, length=72, width=1_024):
        super().__init__()
        self.first = nn.Linear(length, width)
        self.second = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)

    def forward(self, hours):
        hidden = self.first(hours).relu()
        hidden = self.second(hidden).relu()
        return self.last(hidden)
