import numpy as np

RATE = 4_000


class Recordings:
    """What the buoy heard, an hour a day; made up here, since the archive is elsewhere."""

    def day(self, number):
        numbers = np.random.default_rng(number)
        time = np.arange(RATE * 60, dtype=np.float32) / RATE
        sweep = np.sin(2 * np.pi * (60 + 8 * np.sin(time / 4)) * time)
        return (sweep + numbers.standard_normal(time.size, dtype=np.float32)).astype(np.float32)


def spectrogram(sound, width=256):
    """Power by frequency and time, windows that overlap by half."""
    starts = np.arange(0, len(sound) - width, width // 2)
    hann = np.hanning(width).astype(np.float32)
    windows = sound[starts[:, None] + np.arange(width)] * hann
    power = np.abs(np.fft.rfft(windows)).T ** 2
    return np.ascontiguousarray(power)


def loudest(power, low=3, high=9):
    return int(power[low:high].sum(axis=0).argmax())
