import torch

torch.set_num_threads(1)


class Scorer:
    def __init__(self, path):
        self._weights = torch.load(path, weights_only=True)
        self.explained = []

    def stars(self, text):
        vector = torch.zeros(900)
        for position, letter in enumerate(text):
            vector[(ord(letter) * 31 + position) % 900] += 1
        between = self._layers(vector)
        # Whoever doubts a score can see what led to it.
        self.explained.append((text, between))
        return int(between[-1].argmax()) + 1

    def _layers(self, vector):
        between = []
        for layer in range(8):
            vector = torch.tanh(self._weights[f"{layer}.weight"] @ vector + self._weights[f"{layer}.bias"])
            between.append(vector)
        return between
