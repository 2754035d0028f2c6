"""Small tables of finished text, in HTML for notebooks and aligned for terminals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forensics.text import visible
from forensics.views.escape import html


@dataclass(frozen=True, kw_only=True)
class Table:
    """A caption, headings and rows of text. ``numbers``: positions of the columns set to the right."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    #: A sentence under the table; '' for none.
    note: str = ""

    def html(self) -> str:
        """The table as HTML, every text in it escaped here."""
        head = "".join(self._cell("th", i, text) for i, text in enumerate(self.headings))
        body = "\n".join(
            "<tr>" + "".join(self._cell("td", i, text) for i, text in enumerate(row)) + "</tr>"
            for row in self.rows
        )
        note = f"\n<p>{html(self.note, 600)}</p>" if self.note else ""
        heading = f"<thead><tr>{head}</tr></thead>\n" if any(self.headings) else ""
        return (
            f"<table>\n<caption>{html(self.caption, 300)}</caption>\n{heading}"
            f"<tbody>\n{body}\n</tbody>\n</table>{note}"
        )

    def _cell(self, tag: str, column: int, text: str) -> str:
        # The class serves our own page, the attribute notebooks, which drop classes and styles.
        right = ' class="number" align="right"' if column in self.numbers else ' align="left"'
        return f"<{tag}{right}>{html(text, 400)}</{tag}>"

    def text(self) -> str:
        """The table as lines of text, columns aligned."""
        grid = [[visible(cell, 100) for cell in row] for row in (self.headings, *self.rows)]
        widths = [max(len(row[i]) for row in grid) for i in range(len(self.headings))]
        lines = [self._line(row, widths) for row in grid if any(row)]
        note = [visible(self.note)] if self.note else []
        return "\n".join([visible(self.caption), *(f"  {line}" for line in lines), *note])

    def _line(self, row: Sequence[str], widths: Sequence[int]) -> str:
        cells = [
            cell.rjust(width) if i in self.numbers else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def __str__(self) -> str:
        return self.text()
