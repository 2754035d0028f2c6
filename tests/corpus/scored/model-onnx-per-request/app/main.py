"""Writes down what callers say."""

from calls import calls
from transcribe import transcribe


def serve():
    return [transcribe(caller, sound) for caller, sound in calls(8)]


if __name__ == "__main__":
    print(len(serve()))
