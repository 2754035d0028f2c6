"""Strings and sizes as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.text import format_bytes, format_share, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("naïve – ünïcode", "naïve – ünïcode"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("two\nlines\tand\rmore", "two\\nlines\\tand\\rmore"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb\u2028c", "a\\u200bb\\u2028c"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_control_and_reordering_characters_are_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_what_is_shown_is_printable_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) < 32 or c in "\x7f\x1b\u202e\u2066" for c in shown)
    assert visible(shown) == shown


@given(st.text(max_size=80), st.integers(0, 40))
def test_a_limit_is_kept(text: str, limit: int) -> None:
    assert len(visible(text, limit)) <= limit


def test_a_shortened_text_keeps_both_ends() -> None:
    assert visible("/a/very/long/path/to/module.py", 15) == "/a/very…dule.py"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (1258291, "1.2 MiB"),
        (-3 << 30, "-3.0 GiB"),
        ((1 << 20) - 1, "1.0 MiB"),
        (1 << 62, "4.0 EiB"),
    ],
)
def test_bytes_are_shown_in_binary_units(count: int, text: str) -> None:
    assert format_bytes(count) == text


@pytest.mark.parametrize(("share", "text"), [(0, "0 %"), (0.0001, "<0.1 %"), (0.034, "3.4 %"), (1, "100 %")])
def test_shares_are_shown_as_percentages(share: float, text: str) -> None:
    assert format_share(share) == text
