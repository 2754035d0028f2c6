import torch


class Mood:
    def __init__(self, path):
        self.blocks = torch.load(path)

    def __call__(self, letter):
        vector = torch.full((1024,), len(letter) / 50)
        for block in self.blocks.values():
            vector = torch.tanh(block @ vector)
        return float(vector.mean())


mood = Mood("weights.pt")
