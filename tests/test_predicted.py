"""docs/predicted.md is what the committed captures give."""

from __future__ import annotations

import pytest

from sample_dumps.predicted import PAGE, page


def test_the_page_is_what_the_captures_give() -> None:
    if not PAGE.exists():
        pytest.fail("docs/predicted.md is missing; run: python sample_dumps/predicted.py")
    assert PAGE.read_text() == page(), "run: python sample_dumps/predicted.py"
