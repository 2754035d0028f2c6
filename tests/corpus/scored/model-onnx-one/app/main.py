"""Writes down what callers say and keeps the recordings for quality checks."""

from calls import calls
from transcribe import transcribe

recordings = {}


def serve():
    for caller, sound in calls(60):
        word = transcribe(sound)
        recordings[caller] = wave(word)
    return recordings


def wave(word):
    return bytes([word % 256]) * 600_000


if __name__ == "__main__":
    print(len(serve()))
