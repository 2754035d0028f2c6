import io
import random

from PIL import Image, ImageDraw

SIZE = (560, 420)


def page(number):
    """A page with lines of handwriting, somewhat yellow."""
    dice = random.Random(number)
    image = Image.new("RGB", SIZE, (235 + number % 15, 225, 190))
    pen = ImageDraw.Draw(image)
    for top in range(30, SIZE[1] - 30, 22):
        points = [(x, top + dice.randrange(12)) for x in range(30, SIZE[0] - dice.randrange(30, 200), 5)]
        pen.line(points, fill=(40, 30, 60), width=2)
    return image


def pages(number):
    for index in range(number):
        out = io.BytesIO()
        page(index).save(out, "PNG")
        yield f"box7-{index:03}", out.getvalue()
