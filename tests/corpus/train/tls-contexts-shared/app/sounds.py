import numpy as np

_sounds = {}
SECONDS, RATE = 30, 16_000


def sound_of(number):
    """A tone a subscriber, made once."""
    tone = 200 + number % 14
    if tone not in _sounds:
        _sounds[tone] = np.sin(np.arange(SECONDS * RATE) * tone / RATE).astype(np.float32)
    return _sounds[tone][:1000].tobytes()
