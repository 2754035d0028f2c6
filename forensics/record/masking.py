"""Command lines that are safe to store: values that look like secrets become ``***``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MASK = "***"
#: Names of options and variables whose value is a secret.
_SECRET_NAME = re.compile(
    r"(?:^|[-_.])(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|"
    r"credentials?|auth(?:orization)?|bearer|cookie|session[-_]?(?:id|key)|dsn|signature)(?:$|[-_.\d])",
    re.IGNORECASE,
)
#: Shapes of well-known secrets, wherever they stand.
_SECRET_SHAPE = re.compile(
    r"AKIA[0-9A-Z]{16}"  # AWS access key id
    r"|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
    r"|glpat-[A-Za-z0-9_-]{16,}"
    r"|xox[abposr]-[A-Za-z0-9-]{10,}"
    r"|sk-[A-Za-z0-9_-]{20,}|sk_(?:live|test)_[A-Za-z0-9]{16,}"
    r"|AIza[A-Za-z0-9_-]{35}"
    r"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"  # JSON web token
)
_URL_PASSWORD = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?P<user>[^/\s:@]*):(?P<secret>[^/\s@]+)@")
_NAMED_VALUE = re.compile(r"(?P<name>[A-Za-z][\w.-]*)(?P<sign>\s*=\s*|:(?!//)\s*)(?P<secret>[^\s&;,'\"]+)")
_BEARER = re.compile(r"\b(?P<kind>bearer|basic)\s+(?P<secret>[A-Za-z0-9._~+/=-]{8,})", re.IGNORECASE)
_WORKING_DIRECTORIES = ("PWD", "OLDPWD")
#: Values of environment variables shorter than this are no secrets and would mask ordinary words.
_SHORTEST_VALUE = 6


def mask_command(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> list[str]:
    """The arguments with everything that looks like a secret replaced by ``***``.

    Masked are the value after or in an option of a secret-like name, passwords in URLs, well-known
    token shapes, and wherever it stands the value of an environment variable of a secret-like name.
    """
    known = _secret_values(environment or {})
    masked, secret_follows = [], False
    for argument in arguments:
        is_option = argument.startswith("-")
        masked.append(MASK if secret_follows and not is_option else mask_text(argument, known))
        secret_follows = is_option and "=" not in argument and bool(_SECRET_NAME.search(argument))
    return masked


def mask_text(text: str, known_secrets: Sequence[str] = ()) -> str:
    """The text with secret-like parts replaced; ``known_secrets`` are replaced wherever they stand."""
    for secret in known_secrets:
        text = text.replace(secret, MASK)
    text = _URL_PASSWORD.sub(rf"\g<scheme>\g<user>:{MASK}@", text)
    text = _BEARER.sub(rf"\g<kind> {MASK}", text)
    text = _NAMED_VALUE.sub(_mask_named, text)
    return _SECRET_SHAPE.sub(MASK, text)


def _mask_named(found: re.Match[str]) -> str:
    if not _SECRET_NAME.search(found["name"]) or found["secret"].lower() in ("bearer", "basic"):
        return found[0]
    return f"{found['name']}{found['sign']}{MASK}"


def _secret_values(environment: Mapping[str, str]) -> list[str]:
    """Values of secret-like variables, longest first."""
    values = {
        value
        for name, value in environment.items()
        if _SECRET_NAME.search(name)
        and name not in _WORKING_DIRECTORIES
        and len(value) >= _SHORTEST_VALUE
        and not value.isdigit()
    }
    return sorted(values, key=len, reverse=True)
