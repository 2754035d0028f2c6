"""Makes the takes: one recording of each pipe of a rank, as the studio delivers them."""

import wave
from pathlib import Path

import numpy as np

RATE = 16_000

Path("takes").mkdir(exist_ok=True)
chance = np.random.default_rng(1732)
for pipe in range(56):
    seconds = 14 + pipe % 5
    at = np.arange(seconds * RATE) / RATE
    tone = sum(np.sin(2 * np.pi * 65.4 * 2 ** (pipe / 12) * part * at) / part for part in (1, 2, 3))
    samples = (tone * 8_000 + chance.normal(0, 90, len(at))).astype(np.int16)
    with wave.open(f"takes/{pipe:02}.wav", "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
