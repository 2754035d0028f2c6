import copy

import torch
from torch import nn

from tides.gauge import batches
from tides.history import History
from tides.net import TideNet


class Trainer:
    def __init__(self, net: TideNet):
        self.net = net
        self.history = History()
        self._loss = nn.MSELoss()
        self._step = torch.optim.Adam(net.parameters(), lr=1e-3)

    def epoch(self, training, validation):
        self.net.train()
        for hours, level in batches(training, 512):
            self._step.zero_grad()
            loss = self._loss(self.net(hours), level)
            loss.backward()
            self._step.step()
            self.history.training.append(loss.item())
        self.net.eval()
        self.history.validation.append(self.validate(validation))
        self.history.weights.append(self.weights())

    @torch.no_grad()
    def validate(self, pair):
        losses = [self._loss(self.net(hours), level).item() for hours, level in batches(pair, 512)]
        return sum(losses) / len(losses)

    def weights(self):
        return copy.deepcopy(self.net.state_dict())
