"""The labelled corpus: its cases are sound, and the engine is as right about them as it was."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import lz4.frame
import pyarrow.parquet
import pytest
import zstandard

from forensics.causes import CAUSES
from tests.corpus.cases import PARTS, Case, Claim, cases, read_case
from tests.corpus.report import accused_twins, explained, markdown, precision, recall, sure_and_right
from tests.corpus.score import Outcome, function_at, outcomes
from tests.corpus.split import part_of

CASES = cases()
RECORDINGS = [(case, mode) for case in CASES for mode in case.modes]
#: Bytes that a case may take on average, with all its recordings.
LARGEST_CASE = 260_000
PRIVATE = (b"/work/", b"/root/", b"/tmp/bash")


def test_there_are_at_least_sixty_cases_a_third_of_them_only_scored() -> None:
    scored = [case for case in CASES if case.part == "scored"]
    assert len(CASES) >= 60
    assert 0.25 <= len(scored) / len(CASES) <= 0.42


def test_every_fault_has_an_innocent_twin() -> None:
    families = {case.family for case in CASES}
    assert families == {case.family for case in CASES if case.innocent}
    assert families == {case.family for case in CASES if not case.innocent}


def test_every_cause_that_has_rules_is_in_both_parts() -> None:
    first = {part: {case.family.split("-")[0] for case in CASES if case.part == part} for part in PARTS}
    assert {"model", "import", "regex", "pool", "cache", "payload", "data", "logging", "go"} <= first["train"]
    assert {"model", "import", "regex", "pool", "cache", "payload", "data", "logging", "go"} <= first[
        "scored"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_truth_names_known_causes_and_a_function_of_its_program(case: Case) -> None:
    claims = (*case.expected, *case.also, *case.forbidden)
    assert {cause for claim in claims for cause in claim.causes} <= set(CAUSES)
    assert case.truth.cause in CAUSES
    assert case.expected, "a case expects something to be said"
    source = "".join(path.read_text() for path in sorted(case.app.rglob("*.*")))
    library_functions = {"<module>", "data_received", "wait_result_broken_or_wakeup"}
    assert case.truth.function in library_functions or f"{case.truth.function}(" in source


@pytest.mark.parametrize(("case", "mode"), RECORDINGS, ids=lambda value: getattr(value, "name", value))
def test_a_recording_is_there_and_names_no_private_path(case: Case, mode: str) -> None:
    path = case.recording(mode)
    assert path is not None
    assert path.stat().st_size <= 3_000_000
    written = content(path)
    assert not [private for private in PRIVATE if private in written]
    beside = Path(f"{path}.sidecar.json")
    assert not beside.is_file() or not [private for private in PRIVATE if private in beside.read_bytes()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_recorders_own_library_agrees_with_the_truth(case: Case) -> None:
    measured = json.loads((case.path / "measured.json").read_text())
    assert set(measured) == set(case.modes)
    owned = {mode: row["owner_bytes"] for mode, row in measured.items() if row["owner_bytes"] is not None}
    assert owned == {mode: pytest.approx(case.truth.bytes, rel=case.truth.within) for mode in owned}


def test_the_corpus_stays_small() -> None:
    recorded = [path for case in CASES for path in case.path.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in recorded) <= LARGEST_CASE * len(CASES)


def test_a_family_is_sent_to_its_part_by_its_name_alone() -> None:
    assert part_of("cache-dict") == "train"
    assert part_of("cache-lru") == "scored"
    assert part_of("payload-json") == "scored"


def test_a_case_in_the_wrong_part_is_refused(tmp_path: Path) -> None:
    truth = tmp_path / "scored" / "cache-dict-new" / "truth.toml"
    truth.parent.mkdir(parents=True)
    truth.write_text('family = "cache-dict"\ntitle = ""\nmodes = []\n[truth]\ncause = "cache"\nbytes = 1\n')
    with pytest.raises(ValueError, match="belongs to train"):
        read_case(truth.parent)


def test_a_claim_accepts_second_level_causes_and_bare_function_names() -> None:
    claim = Claim(kinds=("grows",), causes=("pool",), functions=("connect",))
    finding = {"kind": "grows", "cause": "pool/db", "owner": {"function": "Store.connect"}}
    assert claim.matches(finding)
    assert not claim.matches({**finding, "cause": "cache"})
    assert not claim.matches({**finding, "kind": "fan-out"})
    assert not claim.matches({**finding, "owner": {"function": "Store.close"}})
    assert not claim.matches({**finding, "owner": None})


def test_the_function_of_a_line_is_the_innermost_that_spans_it() -> None:
    source = "import x\nclass A:\n    def f(self):\n        def g():\n            pass\n        return g\n"
    assert [function_at(source, line) for line in (1, 3, 5, 6)] == ["<module>", "f", "g", "f"]


def said(kind: str, confidence: float) -> dict[str, object]:
    return {"kind": kind, "cause": "cache", "confidence": confidence, "owner": {"function": "f"}}


@pytest.fixture
def twin() -> Case:
    """A case whose truth allows ``cache-filling`` and forbids ``grows``."""
    chosen = next(case for case in CASES if case.name == "cache-dict-bounded")
    claims = tomllib.loads('expected = "cache-filling"\nforbidden = "grows"')
    return Case(
        **{
            **{name: getattr(chosen, name) for name in Case.__dataclass_fields__},
            "expected": (Claim(kinds=(claims["expected"],)),),
            "also": (),
            "forbidden": (Claim(kinds=(claims["forbidden"],)),),
        }
    )


def outcome_of(case: Case, *findings: dict[str, object]) -> Outcome:
    return Outcome(
        case=case,
        mode="memray",
        findings=findings,
        ledger_bytes=100,
        unexplained_bytes=5,
        owned_bytes=50,
        owned_right_bytes=40,
    )


def test_an_inconclusive_finding_is_neither_right_nor_wrong(twin: Case) -> None:
    outcome = outcome_of(twin, said("cache-filling", 0.4), said("regex-allocates", 0.49))
    assert (outcome.stated, outcome.wrong, len(outcome.missed)) == ((), (), 1)
    assert (precision([outcome]), recall([outcome])) == (None, 0.0)


def test_precision_counts_what_was_said_and_recall_what_was_to_be_said(twin: Case) -> None:
    outcome = outcome_of(twin, said("cache-filling", 0.9), said("regex-allocates", 0.6))
    assert (precision([outcome]), recall([outcome])) == (0.5, 1.0)
    assert sure_and_right([outcome]) == 1.0
    assert explained([outcome]) == 0.95


def test_an_innocent_twin_is_accused_only_by_one_who_is_sure(twin: Case) -> None:
    assert accused_twins([outcome_of(twin, said("grows", 0.79))]) == []
    assert accused_twins([outcome_of(twin, said("grows", 0.8))]) == ["cache-dict-bounded"]


def test_a_table_is_aligned_with_numbers_to_the_right() -> None:
    assert markdown(("cause", "n"), [("regex", "5"), ("tls", "12")]) == (
        "| cause |  n |\n| ----- | -: |\n| regex |  5 |\n| tls   | 12 |"
    )


@pytest.fixture(scope="module")
def scored() -> list[Outcome]:
    return list(judged([case for case in CASES if case.part == "scored"]))


def test_findings_of_the_scored_part_are_as_right_as_they_were(scored: list[Outcome]) -> None:
    """The reach is 0.9, 0.85 and 0.8; the floors are what was measured, to be raised with it."""
    assert (precision(scored) or 0) >= 0.90
    assert (recall(scored) or 0) >= 0.85
    assert (sure_and_right(scored) or 0) >= 0.90


def test_no_innocent_twin_of_the_scored_part_is_accused(scored: list[Outcome]) -> None:
    assert accused_twins(scored) == []


def test_nine_of_ten_bytes_of_the_scored_part_are_explained(scored: list[Outcome]) -> None:
    assert (explained(scored) or 0) >= 0.90


@pytest.mark.slow
def test_findings_of_the_training_part_are_as_right_as_they_were() -> None:
    train = list(judged([case for case in CASES if case.part == "train"]))
    assert (precision(train) or 0) >= 0.95
    assert (recall(train) or 0) >= 0.92
    assert (explained(train) or 0) >= 0.95


def judged(chosen: list[Case]) -> Iterator[Outcome]:
    """Outcomes of cases, made in two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for several in pool.map(outcomes, chosen):
            yield from several


def content(path: Path) -> bytes:
    """What is written in a recording, decompressed."""
    written = path.read_bytes()
    if path.suffix == ".bin":
        return bytes(lz4.frame.decompress(written))
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().decompressobj().decompress(written)
    if path.suffix == ".parquet":
        table = pyarrow.parquet.read_table(path)
        return repr(table.schema.metadata).encode() + repr(table.to_pydict()).encode()
    return written
