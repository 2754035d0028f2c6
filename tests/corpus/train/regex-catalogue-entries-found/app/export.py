"""The old system writes one long text; objects are separated by rules of varied length."""

import tempfile

MATERIALS = ("bronze", "ivory", "oak", "glass", "linen", "clay", "silver")


def export(objects):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        for number in range(objects):
            material = MATERIALS[number % 7]
            file.write(f"No. {number:06d}\nMaterial: {material}\nMade: {1050 + number * 37 % 880}\n")
            file.write(f"A piece of {material}, given by a friend of the house, room {number % 31}. " * 12)
            file.write("\n" + "-" * (3 + number % 5) + "\n")
    return file.name
