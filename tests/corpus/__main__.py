"""``python -m tests.corpus``: score the engine against the corpus and write ``docs/accuracy.md``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.corpus.cases import PARTS, cases
from tests.corpus.report import markdown, page, tables
from tests.corpus.score import Outcome, outcomes

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"


def main(arguments: list[str]) -> None:
    """Print the tables of the parts asked for; write the page where both were."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus")
    parser.add_argument("--part", choices=PARTS, help="this part alone")
    parser.add_argument("--case", metavar="NAME", help="every finding of the cases whose names begin so")
    parser.add_argument(
        "--faults", action="store_true", help="what is wrong, missed or accused, case by case"
    )
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    chosen = [case for case in cases(asked.part) if not asked.case or case.name.startswith(asked.case)]
    with ProcessPoolExecutor(asked.processes) as pool:
        results = [outcome for several in pool.map(outcomes, chosen) for outcome in several]
    if asked.case:
        print("\n".join(told(outcome) for outcome in results))
        return
    parts = {
        part: [o for o in results if o.case.part == part] for part in PARTS if asked.part in (None, part)
    }
    for part, scored in parts.items():
        print(f"\n{part}\n")
        print("\n\n".join(markdown(*table) for table in tables(scored)))
    if asked.faults:
        print("\n".join(told(o, faults_only=True) for o in results if o.wrong or o.missed or o.accused))
    if asked.part is None:
        PAGE.write_text(page(parts))


def told(outcome: Outcome, *, faults_only: bool = False) -> str:
    """An outcome in lines: each finding with its verdict, then what was missed."""
    lines = [f"{outcome.case.name} ({outcome.mode})"]
    for finding in outcome.findings:
        verdict = _verdict(outcome, finding)
        if not faults_only or verdict in ("WRONG", "ACCUSED"):
            lines.append(f"  {verdict:<13} {_line(finding)}")
    lines += [f"  {'MISSED':<13} {claim}" for claim in outcome.missed]
    return "\n".join(lines)


def _verdict(outcome: Outcome, finding: Mapping[str, Any]) -> str:
    if finding in outcome.accused:
        return "ACCUSED"
    if finding not in outcome.stated:
        return "inconclusive"
    return "right" if outcome.is_right(finding) else "WRONG"


def _line(finding: Mapping[str, Any]) -> str:
    owner = finding.get("owner") or {}
    return (
        f"{finding['confidence']:.2f} {finding['kind']} {finding['cause']} "
        f"{owner.get('function', '')} {owner.get('file', '')}:{owner.get('line', '')} "
        f"{finding['bytes_at_peak']} bytes at the peak"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
