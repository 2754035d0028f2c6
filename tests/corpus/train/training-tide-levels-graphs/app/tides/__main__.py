import torch

from tides.gauge import levels, windows
from tides.net import TideNet
from tides.training import Trainer

torch.set_num_threads(1)
torch.manual_seed(5)
trainer = Trainer(TideNet())
training, validation = windows(levels(6_000)), windows(levels(2_632, seed=4))
for _ in range(14):
    trainer.epoch(training, validation)
print(trainer.history.best_epoch(), f"{float(min(trainer.history.validation)):.4f}")
