"""What must not leave the machine: where things lie on it, and secrets.

Two steps. `Redaction.text` replaces what it knows; `Redaction.left` looks again, in what is about
to be written, and names the kind of thing that is still there. A report with one is not written.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from forensics.views.escape import html as escaped
from forensics.views.paths import short_path

HIDDEN = "***"
#: Shorter values of secret-like variables ("1", "true", "none") are words, not secrets.
_SHORTEST_SECRET = 6
_SECRET_WORD = r"(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization|auth)"  # noqa: E501, S105
_SECRET_NAME = re.compile(rf"{_SECRET_WORD}|session|cookie|(?:^|_)(?:pw|pass|dsn|key)(?:$|_)", re.IGNORECASE)
_VALUE = r"(?!\*\*\*)(?!(?:None|True|False|null|str|bytes|int)\b)"

#: What secrets look like wherever they stand; group ``keep`` stays.
_SECRETS = (
    re.compile(r"(?P<keep>\b(?i:bearer|basic)\s+)(?!\*\*\*)[A-Za-z0-9+/=._-]{12,}"),
    re.compile(rf"(?P<keep>(?i:\b[\w-]*{_SECRET_WORD}s?)[\"']?\s?[=:]\s?[\"']?){_VALUE}[^\s\"'&,;)<>]{{6,}}"),
    re.compile(rf"(?P<keep>(?i:(?<!\w)--?[\w-]*{_SECRET_WORD}[\w-]*)(?:=|\s+)){_VALUE}[^\s\"'&,;)<>-][^\s\"'&,;)<>]{{2,}}"),
    re.compile(r"(?P<keep>\b[a-zA-Z][\w+.-]*://)(?!\*\*\*@)[^\s/@\"'<>]+:[^\s/@\"'<>]+(?=@)"),
    re.compile(r"(?P<keep>)\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    re.compile(r"(?P<keep>)\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}"),
    re.compile(r"(?P<keep>)\bxox[abprs]-[\w-]{10,}|\bsk[-_](?:live|test|ant|proj)?[-_]?[A-Za-z0-9]{20,}"),
    re.compile(r"(?P<keep>)\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}"),
    re.compile(r"(?P<keep>)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*KEY-----|$)", re.DOTALL),
)  # fmt: skip
#: Two or more parts from the root. Not in a URL, a relative path, or after ``…`` and ``~``.
_ABSOLUTE = re.compile(
    r"(?<![\w/.~…*<\\-])/(?!/)(?:[^\s/\"'<>&|*?:,;()\[\]{}\\`#]+/)+[^\s/\"'<>&|*?:,;()\[\]{}\\`#]+"
)
_WINDOWS = re.compile(
    r"(?<!\w)[A-Za-z]:(?:\\{1,2}|/(?!/))(?:[^\s\\/\"'<>|:*?]+[\\/]{1,2})*[^\s\\/\"'<>|:*?]+"
)
_FILE_URL = re.compile(r"\bfile://(?:localhost)?(?=/)")


class Redaction:
    """Everything about this machine and its environment that a shared text must not hold.

    ``roots``: directories to their stand-ins, beside the working directory ``.`` and the home ``~``.
    """

    def __init__(
        self, roots: Mapping[str, str] | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        environment = os.environ if environment is None else environment
        known = {str(Path.home()): "~", str(Path.cwd()): ".", **(roots or {})}
        self._roots = sorted(_written_forms(known), key=lambda pair: -len(pair[0]))
        values = {value for name, value in environment.items() if _SECRET_NAME.search(name)}
        secrets = {value: HIDDEN for value in values if len(value) >= _SHORTEST_SECRET}
        self._secrets = sorted(_written_forms(secrets), key=lambda pair: -len(pair[0]))

    def text(self, text: str) -> str:
        """The text with secrets as ``***``, known directories as their stand-ins, paths shortened."""
        for secret, shown in self._secrets:
            text = text.replace(secret, shown)
        for pattern in _SECRETS:
            text = pattern.sub(rf"\g<keep>{HIDDEN}", text)
        for root, shown in self._roots:
            text = _root(root).sub(shown.replace("\\", r"\\"), text)
        text = _FILE_URL.sub("", text)
        for pattern in (_ABSOLUTE, _WINDOWS):
            text = pattern.sub(lambda found: short_path(found.group()), text)
        return text

    def left(self, text: str) -> str:
        """What kind of thing is still in the text, in words; '' where it is fit to be shared."""
        if any(secret in text for secret, _ in self._secrets):
            return "the value of a secret environment variable"
        if any(pattern.search(text) for pattern in _SECRETS):
            return "something that looks like a secret"
        if any(_root(root).search(text) for root, _ in self._roots):
            return "a directory of this machine"
        if any(pattern.search(text) for pattern in (_ABSOLUTE, _WINDOWS)):
            return "an absolute path"
        return ""


def _root(root: str) -> re.Pattern[str]:
    """A directory as a whole: ``/srv/app`` is not in ``/srv/application``, nor ``/app`` in ``/srv/app``."""
    alone = r"(?<![\w.-])" if root.count("/") < 2 else ""
    return re.compile(rf"{alone}{re.escape(root)}(?![\w-])")


def _written_forms(shown: Mapping[str, str]) -> set[tuple[str, str]]:
    """Each text with its stand-in, as it is and as it looks in JSON, HTML and a URL."""
    return {
        (form, stand_in)
        for text, stand_in in shown.items()
        if text and text != "/"
        for form in (text, json.dumps(text)[1:-1], html.escape(text), escaped(text, len(text)), quote(text))
    }
