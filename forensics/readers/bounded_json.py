"""JSON of untrusted size and depth: refused before it takes the memory."""

from __future__ import annotations

import json
from typing import Any

from forensics.capture import Health
from forensics.errors import BadDump, TooLarge
from forensics.readers.source import Source

LARGEST_JSON_BYTES = 256 << 20
#: What parsed JSON may take, estimated from its punctuation before it is parsed.
LARGEST_PARSED_BYTES = 640 << 20
#: CPython 3.11: bytes of an empty object and list with their slot in a container, of any other value.
_PARSED_COST = {b"{": 240, b"[": 72, b",": 40, b'"': 32}


def json_documents(source: Source) -> tuple[list[dict[str, Any]], Health]:
    """The JSON objects that follow each other in the file, and whether the last one is whole.

    Raises TooLarge past the bounds, BadDump where not even the first object can be read.
    """
    text, fault = _text(source)
    documents: list[dict[str, Any]] = []
    decoder = json.JSONDecoder()
    position, length = _skip(text, 0), len(text)
    while position < length:
        try:
            document, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            if not documents:
                raise _broken(source, error, fault) from error
            return documents, Health(state="cut", detail=f"document {len(documents) + 1} is not whole")
        if isinstance(document, dict):
            documents.append(document)
        position = _skip(text, position)
    return documents, Health(state="cut", detail=fault.fault) if fault else Health()


def json_object(source: Source) -> dict[str, Any]:
    """The one JSON object that is the file. Raises BadDump where it is broken, TooLarge past the bounds."""
    text, fault = _text(source)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(source, error, fault) from error
    if not isinstance(document, dict):
        raise BadDump(source.path, "is JSON, but no object", "fetch the file again")
    return document


def _text(source: Source) -> tuple[str, BadDump | None]:
    content, fault = source.content(limit=LARGEST_JSON_BYTES)
    if sum(content.count(mark) * cost for mark, cost in _PARSED_COST.items()) > LARGEST_PARSED_BYTES:
        raise TooLarge(
            source.path,
            f"would take more than {LARGEST_PARSED_BYTES} bytes as parsed JSON",
            "record or export less into one file",
        )
    return content.decode("utf-8", "backslashreplace"), fault


def _broken(source: Source, error: Exception, fault: BadDump | None) -> BadDump:
    if fault is not None:
        return BadDump(source.path, fault.fault, fault.remedy)
    if isinstance(error, RecursionError):
        return TooLarge(
            source.path, "is JSON nested too deeply", "no dump of this format is nested so deeply"
        )
    return BadDump(source.path, f"is broken JSON ({error})", "fetch the file again")


def _skip(text: str, position: int) -> int:
    """The next position that holds no white space."""
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position
