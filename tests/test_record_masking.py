"""Secrets on the command line, and in the capture that memray writes it into."""

from __future__ import annotations

import sys

import pytest

from forensics.record.masking import mask_command
from tests.recorded import record, run, script, sidecar


@pytest.mark.parametrize(
    ("given", "masked"),
    [
        (["app", "--password", "hunter2", "x"], ["app", "--password", "***", "x"]),
        (["app", "--token=abc.def"], ["app", "--token=***"]),
        (["app", "--api-key", "k", "--port", "80"], ["app", "--api-key", "***", "--port", "80"]),
        (["env", "DB_PASSWORD=s3cret", "python", "a.py"], ["env", "DB_PASSWORD=***", "python", "a.py"]),
        (["app", "postgres://user:pa55@db/x"], ["app", "postgres://user:***@db/x"]),
        (["curl", "-H", "Authorization: Bearer abcdefgh123"], ["curl", "-H", "Authorization: Bearer ***"]),
        (["app", "http://h/?token=abc&page=2"], ["app", "http://h/?token=***&page=2"]),
        (["app", "AKIAABCDEFGHIJKLMNOP"], ["app", "***"]),
        (["app", "--verbose", "--tokenizer", "fast"], ["app", "--verbose", "--tokenizer", "fast"]),
        (["app", "--author", "me", "--passes=3"], ["app", "--author", "me", "--passes=3"]),
        (["app", "--no-auth", "--port", "1"], ["app", "--no-auth", "--port", "1"]),
    ],
)
def test_values_that_look_like_secrets_are_masked_and_others_are_not(given, masked):
    assert mask_command(given) == masked


def test_the_value_of_a_secret_variable_is_masked_wherever_it_stands():
    environment = {"SERVICE_TOKEN": "correct-horse", "LANG": "battery", "PWD": "/srv/application"}
    assert mask_command(
        ["app", "correct-horse", "x=correct-horse", "battery", "/srv/application/a"], environment
    ) == [
        "app",
        "***",
        "x=***",
        "battery",
        "/srv/application/a",
    ]


def test_neither_sidecar_nor_capture_holds_the_secret_but_the_program_gets_it(tmp_path):
    program = script(tmp_path, "import sys; print(sys.argv[2])")
    done = run(
        tmp_path, "record", "-o", "out.bin", "--", sys.executable, program.name, "--password", "hunter2"
    )
    assert done.stdout == "hunter2\n"
    assert sidecar(tmp_path)["process"]["command"] == f"{sys.executable} program.py --password '***'"
    assert b"hunter2" not in (tmp_path / "out.bin").read_bytes()
    assert b"hunter2" not in (tmp_path / "out.bin.sidecar.json").read_bytes()


def test_the_environment_is_not_recorded(tmp_path):
    record(tmp_path, "print(1)", ACCESS_TOKEN="correct-horse-battery")
    assert b"correct-horse" not in (tmp_path / "out.bin.sidecar.json").read_bytes()
