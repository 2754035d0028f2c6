"""Pictures without a browser: a small canvas over Pillow whose PNG has the same bytes each run.

The background is transparent and the ink a middle grey, so that one picture reads on light and
dark pages. Coordinates are in CSS pixels from the top left; the picture has two dots per pixel.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Literal

from PIL import Image, ImageColor, ImageDraw, ImageFont

from forensics.text import visible
from forensics.views.palette import INK

SCALE = 2
Anchor = Literal["la", "ma", "ra", "lm", "mm", "rm"]
Ink = tuple[int, int, int, int]


class Canvas:
    """A picture under construction."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        # Transparent ink instead of transparent black: text edges blend without a dark rim.
        self._image = Image.new("RGBA", (width * SCALE, height * SCALE), (*_ink(INK)[:3], 0))
        self._draw = ImageDraw.Draw(self._image)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, outline: str = "") -> None:
        """A filled rectangle; one that is narrower than half a dot is still one dot wide."""
        corners = [round(v * SCALE) for v in (left, top, right, bottom)]
        corners[2] = max(corners[0], corners[2] - 1)
        corners[3] = max(corners[1], corners[3] - 1)
        self._draw.rectangle(corners, fill=_ink(fill), outline=_ink(outline) if outline else None)

    def polygon(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """A filled shape."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=_ink(fill))

    def line(self, points: Sequence[tuple[float, float]], ink: str, width: float = 1) -> None:
        """Straight pieces through the points."""
        dots = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(dots, fill=_ink(ink), width=round(width * SCALE))

    def dashes(self, left: float, right: float, y: float, ink: str) -> None:
        """A level dashed line."""
        start = left
        while start < right:
            self.line([(start, y), (min(start + 6, right), y)], ink, 1.5)
            start += 10

    def text(
        self, x: float, y: float, text: str, *, size: int = 12, ink: str = INK, anchor: Anchor = "lm",
        within: float | None = None,
    ) -> None:  # fmt: skip
        """One line of text, shortened to ``within`` pixels; nothing where not even a letter fits."""
        shown = _drawable(text if within is None else fitted(visible(text), within, size))
        self._draw.text((x * SCALE, y * SCALE), shown, fill=_ink(ink), font=_font(size), anchor=anchor)

    def png(self) -> bytes:
        buffer = BytesIO()
        self._image.save(buffer, "PNG", compress_level=6)
        return buffer.getvalue()


def text_width(text: str, size: int = 12) -> float:
    """How wide this line is, in pixels."""
    return _font(size).getlength(_drawable(text)) / SCALE


def fitted(text: str, width: float, size: int = 12) -> str:
    """The text, cut at its end until it is no wider; '' where not even a letter and "…" fit."""
    if text_width(text, size) <= width:
        return text
    fitting = bisect_right(range(len(text) + 1), width, key=lambda n: text_width(text[:n] + "…", size)) - 1
    return text[:fitting].rstrip() + "…" if fitting > 0 else ""


def _drawable(text: str) -> str:
    """The text in letters that the font has; what it has not (it is a Latin font) is a "?"."""
    return "".join(c if _has_glyph(c) else "?" for c in visible(text))


@cache
def _has_glyph(letter: str) -> bool:
    font = _font(12)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size * SCALE)


@cache
def _ink(colour: str) -> Ink:
    """RGBA of ``#rrggbb`` or ``rgba(r,g,b,opacity)`` as plotly writes it."""
    if colour.startswith("rgba("):
        *rgb, opacity = colour[5:-1].split(",")
        red, green, blue = (int(part) for part in rgb)
        return red, green, blue, round(float(opacity) * 255)
    red, green, blue, *_ = ImageColor.getrgb(colour)
    return red, green, blue, 255
