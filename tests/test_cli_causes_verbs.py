"""The verbs causes, top, diagnose, why and claims, run as a user runs them."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

GROW = """
import json
kept = []
def remember(n):
    kept.append([str(n * i) for i in range(300)])
def run():
    for n in range(400):
        remember(n)
run()
"""
RULES = """
[[rule]]
id = "remembered"
cause = "logging"
tier = "strong"
own = ["journal"]
why = "It is our journal."
example = "run > remember"
"""


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracemalloc snapshot of a program that keeps lists of texts."""
    folder = tmp_path_factory.mktemp("dumps")
    program = folder / "journal.py"
    program.write_text(GROW)
    tracemalloc.start(20)
    try:
        exec(compile(GROW, str(program), "exec"), {})
        snapshot = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    path = folder / "journal.snapshot"
    path.write_bytes(pickle.dumps(snapshot))
    return path


def forensics(*arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "forensics.cli", *map(str, arguments)]
    if not (Path(__file__).parents[1] / "forensics" / "cli" / "__main__.py").exists():
        command[1:3] = ["-c", "from forensics.cli import main; main()"]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_the_ledger_adds_up_and_ends_with_unexplained(dump: Path, tmp_path: Path) -> None:
    document = json.loads(forensics("causes", dump, "--json", folder=tmp_path).stdout)
    assert document["schema"] == "forensics/causes/1"
    assert sum(row["bytes"] for row in document["ledger"]) == document["total_bytes"]
    assert document["ledger"][-1]["cause"] == "unexplained"


def test_rules_of_ones_own_change_the_ledger(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(RULES)
    ruled = json.loads(
        forensics("causes", dump, "--json", "--rules", tmp_path / "rules.toml", folder=tmp_path).stdout
    )
    assert "logging" in [row["cause"] for row in ruled["ledger"]]
    (tmp_path / "rules.toml").write_text(RULES.replace("logging", "journal"))
    refused = forensics("causes", dump, "--rules", tmp_path / "rules.toml", folder=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "'journal' is no cause" in refused.stderr


def test_top_lists_lines_with_own_and_total(dump: Path, tmp_path: Path) -> None:
    document = json.loads(
        forensics("top", dump, "--by", "line", "-n", "3000", "--json", folder=tmp_path).stdout
    )
    assert any("journal.py" in row["name"] for row in document["rows"])
    assert all(row["own_bytes"] <= row["total_bytes"] for row in document["rows"])


def test_top_ranks_by_what_the_dump_measures(tmp_path: Path) -> None:
    file = tmp_path / "goroutine.txt"
    file.write_text(
        "goroutine profile: total 9\n"
        "2 @ 0x10\n#\t0x0f\tmain.listen+0x1\t/srv/main.go:5\n\n"
        "7 @ 0x20\n#\t0x1f\tmain.wait+0x1\t/srv/main.go:9\n"
    )
    document = json.loads(forensics("top", file, "--json", folder=tmp_path).stdout)
    assert (document["measure"], document["total"], document["total_bytes"]) == ("goroutines", 9, 0)
    assert document["rows"][0] == {
        "name": "main.wait",
        "own": 7,
        "total": 7,
        "own_bytes": 0,
        "total_bytes": 0,
        "own_blocks": 0,
        "total_blocks": 0,
    }
    text = forensics("top", file, folder=tmp_path).stdout.splitlines()
    assert text[0] == "goroutines: 9"
    assert text[2].split() == ["7", "7", "77.8", "%", "0", "main.wait"]


def test_diagnose_says_json_and_text(dump: Path, tmp_path: Path) -> None:
    document = json.loads(forensics("diagnose", dump, "--limit", "1GiB", "--json", folder=tmp_path).stdout)
    assert document["schema"] == "forensics/diagnose/1"
    assert document["limit_bytes"] == 1 << 30
    assert "tracemalloc sees Python's own allocations only" in " ".join(document["notes"])
    text = forensics("diagnose", dump, folder=tmp_path)
    assert (text.returncode, text.stderr) == (0, "")
    assert "What this does not show:" in text.stdout


def test_why_names_the_rule_or_says_what_is_there(dump: Path, tmp_path: Path) -> None:
    document = json.loads(forensics("why", dump, "--frame", "journal.py", "--json", folder=tmp_path).stdout)
    assert document["paths"][0]["rule"]
    assert document["paths"][0]["bytes"] > 0
    nothing = forensics("why", dump, "--frame", "nobody", folder=tmp_path)
    assert (nothing.returncode, nothing.stderr.count("\n")) == (2, 1)


def test_claims_are_judged(dump: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text('[[claim]]\nid = "small"\ntext = "It is small"\nat_most = "1GiB"\n')
    document = json.loads(forensics("claims", file, dump, "--json", folder=tmp_path).stdout)
    assert document["schema"] == "forensics/claims/1"
    assert [claim["verdict"] for claim in document["claims"]] == ["supported"]
    assert document["summary"] == {"supported": 1, "contradicted": 0, "not_testable": 0}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["diagnose", "nowhere.bin"], 3),
        (["diagnose", "nowhere.bin", "--limit", "banana"], 2),
        (["causes", "nowhere.bin", "--rules", "nowhere.toml"], 2),
        (["top", "nowhere.bin", "--by", "colour"], 2),
        (["claims", "nowhere.toml", "nowhere.bin"], 2),
    ],
)
def test_a_fault_is_one_line_and_an_exit_code(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = forensics(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
