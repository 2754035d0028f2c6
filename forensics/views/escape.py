"""The one edge where strings of a dump become HTML or plotly text.

Plotly reads a little HTML in labels and typesets ``$…$`` where a page has MathJax; pages and
notebooks run what text/html holds. So every name, path and command line of a dump passes here:
what draws nothing or reorders text is spelled out, what is markup becomes numeric entities, and
no text is longer than a screen line.
"""

from __future__ import annotations

from forensics.text import visible

#: Longest text of a dump that a view shows in one place, in characters.
LONGEST = 160
_ENTITIES = str.maketrans({c: f"&#{ord(c)};" for c in "&<>$\"'`\\"})
#: Plotly additionally reads ``%{…}`` in templates.
_PLOTLY_ENTITIES = _ENTITIES | str.maketrans({c: f"&#{ord(c)};" for c in "%{}"})


def html(text: object, limit: int = LONGEST) -> str:
    """The text for an HTML element or a quoted attribute; also inert in Markdown and MathJax."""
    return visible(str(text), limit).translate(_ENTITIES)


def plotly_text(text: object, limit: int = LONGEST) -> str:
    """The text for any label, hover text or title of plotly, which decodes numeric entities."""
    return visible(str(text), limit).translate(_PLOTLY_ENTITIES)
