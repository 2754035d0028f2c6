import wave
from io import BytesIO


def tape(number):
    """Ten seconds of a meeting as a WAV file."""
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8_000)
        writer.writeframes(bytes([number % 256]) * 160_000)
    return file.getvalue()
