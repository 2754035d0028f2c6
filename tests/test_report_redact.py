"""What must not leave the machine, and the second look that keeps a report from being written."""

from __future__ import annotations

import json

import pytest

from forensics.report.redact import Redaction
from forensics.views.escape import html

SECRET = "s3cr3t/&<value>"


@pytest.fixture
def redaction() -> Redaction:
    return Redaction(
        {"/home/ada/shop": ".", "/home/ada": "~", "/scratch/x1": "."},
        environment={"SHOP_API_TOKEN": SECRET, "SHELL": "/bin/bash", "DEBUG_TOKEN": "1"},
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ada/shop/app.py:3", "./app.py:3"),
        ("/home/ada/notes.txt", "~/notes.txt"),
        ("/home/adam/notes.txt", "…/notes.txt"),
        ("/usr/lib/python3.12/json/decoder.py", "lib/json/decoder.py"),
        ("file:///var/data/shop/x.bin", "…/data/shop/x.bin"),
        ("-I/home/ada/include", "-I~/include"),
        ('File "/opt/app/a.py", line 3', 'File "…/app/a.py", line 3'),
        (r"C:\Users\ada\shop\app.py", "…/shop/app.py"),
        ("https://example.org/a/b/c", "https://example.org/a/b/c"),
        ("application/json 3 MiB/s 1/2/2026", "application/json 3 MiB/s 1/2/2026"),
        ("../dumps/startup.bin", "../dumps/startup.bin"),
        ("<frozen importlib._bootstrap>:241", "<frozen importlib._bootstrap>:241"),
    ],
)  # fmt: skip
def test_paths_of_the_machine_are_shortened(redaction: Redaction, text: str, shown: str) -> None:
    assert redaction.text(text) == shown
    assert redaction.left(shown) == ""


@pytest.mark.parametrize("form", [SECRET, json.dumps(SECRET)[1:-1], html(SECRET)])
def test_the_value_of_a_secret_variable_is_hidden_however_it_is_written(
    redaction: Redaction, form: str
) -> None:
    assert redaction.left(f"x {form} y") == "the value of a secret environment variable"
    assert redaction.text(f"x {form} y") == "x *** y"


def test_a_secret_variable_with_a_plain_word_is_no_secret(redaction: Redaction) -> None:
    assert redaction.text("1 block") == "1 block"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("serve --password hunter2 --port 80", "serve --password *** --port 80"),
        ("serve --api-key=abcdef123 --port 80", "serve --api-key=*** --port 80"),
        ("DB_PASSWORD=hunter2x app", "DB_PASSWORD=*** app"),
        ('{"client_secret": "abcdefgh"}', '{"client_secret": "***"}'),
        ("postgres://ada:pw@db/shop", "postgres://***@db/shop"),
        ("Authorization: Bearer abcdefghijklmnop", "Authorization: *** ***"),
        ("curl -H 'X: bearer abcdefghijklmnop'", "curl -H 'X: bearer ***'"),
        ("AKIAABCDEFGHIJKLMNOP", "***"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "***"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def_ghi", "***"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "***"),
        ("tokenizer: 12.5 MiB, load_tokens(None)", "tokenizer: 12.5 MiB, load_tokens(None)"),
        ("def login(password: str, token=None)", "def login(password: str, token=None)"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(redaction: Redaction, text: str, shown: str) -> None:
    assert redaction.text(text) == shown
    assert redaction.left(shown) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"a {SECRET}", "the value of a secret environment variable"),
        ("--token abcdefgh", "something that looks like a secret"),
        ("in /home/ada/shop now", "a directory of this machine"),
        ("in /srv/shop/app.py", "an absolute path"),
    ],
)
def test_the_second_look_names_the_kind_and_not_the_thing(redaction: Redaction, text: str, kind: str) -> None:
    assert redaction.left(text) == kind
