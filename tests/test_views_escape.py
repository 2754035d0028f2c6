"""Strings of a dump at the edge to HTML and plotly."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from forensics.text import visible
from forensics.views.escape import html, plotly_text
from forensics.views.paths import short_path
from forensics.views.tables import Table


def test_markup_becomes_entities() -> None:
    assert html("<b>&\"'`$x$") == "&#60;b&#62;&#38;&#34;&#39;&#96;&#36;x&#36;"


def test_plotly_templates_are_inert() -> None:
    assert plotly_text("%{label}") == "&#37;&#123;label&#125;"


def test_what_draws_nothing_is_spelled_out() -> None:
    assert html("a\x1b[31m\u202eb\n") == "a&#92;x1b[31m&#92;u202eb&#92;n"


def test_long_names_keep_both_ends() -> None:
    shown = html("a" * 500 + "z")

    assert len(shown) == 160
    assert shown.startswith("aaa")
    assert shown.endswith("az")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(max_size=60))
def test_no_text_is_markup_and_none_is_changed(text: str) -> None:
    for escaped in (html(text), plotly_text(text)):
        parser = _Text()
        parser.feed(f"<p>{escaped}</p>")
        assert parser.tags == ["p"]
        assert parser.text == visible(text)


def test_a_table_escapes_every_cell() -> None:
    table = Table(caption="<i>", headings=("<b>",), rows=[("<script>",)], note="<u>")

    parser = _Text()
    parser.feed(table.html())

    assert parser.tags == ["table", "caption", "thead", "tr", "th", "tbody", "tr", "td", "p"]


def test_a_table_in_a_terminal_is_aligned() -> None:
    table = Table(
        caption="Bytes",
        headings=("who", "bytes"),
        rows=[("a", "1 B"), ("bcd", "12 B")],
        numbers=frozenset({1}),
    )

    assert table.text() == "Bytes\n  who  bytes\n  a      1 B\n  bcd   12 B"


def test_paths_lose_the_machine_they_came_from() -> None:
    assert short_path("/srv/shop/app/model.py", "/srv/shop") == "app/model.py"
    assert short_path("/venv/lib/python3.12/site-packages/torch/nn/init.py") == "torch/nn/init.py"
    assert short_path("/usr/lib/python3.12/json/decoder.py") == "lib/json/decoder.py"
    assert short_path("/go/pkg/mod/github.com/x/y@v1.2.3/z.go") == "github.com/x/y@v1.2.3/z.go"
    assert short_path("/home/ada/work/shop/app/model.py") == "…/shop/app/model.py"
    assert short_path("/home/ada/model.py") == "…/model.py"
    assert short_path("C:\\Users\\ada\\shop\\model.py") == "…/shop/model.py"
    assert short_path("app/model.py") == "app/model.py"
    assert short_path("<frozen runpy>") == "<frozen runpy>"
