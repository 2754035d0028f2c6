"""The container pays for RSS: what came with each finding decides who is most guilty."""

from __future__ import annotations

from pathlib import Path

import forensics as hf

MIB = 1 << 20
STARTUP = Path(__file__).parent.parent / "sample_dumps/incidents/eager_model/before/startup.bin"


def test_the_import_outweighs_the_model_whose_weights_are_hardly_resident() -> None:
    told = hf.diagnose(hf.load(STARTUP), limit="512MiB").to_json()
    first, second = told["findings"][:2]
    assert (first["cause"], second["cause"]) == ("import", "model-load")
    assert first["bytes_at_peak"] < second["bytes_at_peak"]
    assert 250 * MIB < first["resident_bytes"]["expected"] < 330 * MIB
    assert second["resident_bytes"]["high"] < 40 * MIB


def test_the_ledger_says_what_came_with_each_cause_and_no_more_than_there_was() -> None:
    told = hf.diagnose(hf.load(STARTUP)).to_json()
    came = {
        row["cause"]: row["resident_bytes"]["expected"] for row in told["ledger"] if row["resident_bytes"]
    }
    assert came["import"] > 250 * MIB
    assert sum(came.values()) <= told["peak"]["rss_bytes"]
