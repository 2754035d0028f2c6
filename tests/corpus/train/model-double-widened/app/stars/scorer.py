import torch

torch.set_num_threads(1)


class Scorer:
    def __init__(self, path):
        self._state = torch.load(path, weights_only=True)
        self._weights = self._exact()

    def _exact(self):
        """In double precision, the sums do not depend on their order."""
        return {name: tensor.double() for name, tensor in self._state.items()}

    def stars(self, text):
        vector = torch.zeros(900, dtype=torch.float64)
        for position, letter in enumerate(text):
            vector[(ord(letter) * 31 + position) % 900] += 1
        for layer in range(8):
            vector = torch.tanh(self._weights[f"{layer}.weight"] @ vector + self._weights[f"{layer}.bias"])
        return int(vector.argmax()) + 1
