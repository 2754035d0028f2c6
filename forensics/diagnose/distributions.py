"""Names of distributions: which one brings an import name, and where a repository asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

#: Import names whose distribution is called otherwise.
DISTRIBUTIONS = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4", "cv2": "opencv-python", "sklearn": "scikit-learn", "yaml": "pyyaml",
    "skimage": "scikit-image", "dateutil": "python-dateutil", "dotenv": "python-dotenv",
    "jwt": "pyjwt",
    "google.protobuf": "protobuf", "Crypto": "pycryptodome", "attr": "attrs", "psycopg2": "psycopg2-binary",
    "MySQLdb": "mysqlclient", "docx": "python-docx", "pptx": "python-pptx", "fitz": "pymupdf",
    "serial": "pyserial",
    "magic": "python-magic",
    "git": "gitpython", "usb": "pyusb", "zmq": "pyzmq", "OpenSSL": "pyopenssl",
    "pkg_resources": "setuptools", "sentence_transformers": "sentence-transformers", "faiss": "faiss-cpu",
}  # fmt: skip
#: Distributions whose work leaves no Python frame: never said to be unused because none is seen.
FRAMELESS = frozenset(
    {"numpy", "orjson", "lxml", "ujson", "msgpack", "regex", "cryptography", "psycopg2-binary", "pyarrow"}
    | {"markupsafe", "greenlet", "rapidfuzz", "levenshtein", "xxhash", "snappy", "brotli", "pycryptodome"}
    | {"pydantic-core", "multidict", "frozenlist", "uvloop", "httptools", "ciso8601", "pillow", "pyyaml"}
)
_REQUIREMENT_FILES = ("requirements*.txt", "requirements/*.txt", "pyproject.toml", "setup.cfg", "setup.py",
                      "Pipfile", "environment.y*ml", "constraints*.txt")  # fmt: skip
LARGEST_REQUIREMENTS = 1 << 20


def distribution_of(module: str) -> str:
    """The distribution that brings a module, by its import name; lower case with dashes."""
    top = module.split(".", 1)[0]
    return DISTRIBUTIONS.get(top, top.lower().replace("_", "-"))


def requirement_line(repo: Path, distribution: str) -> str | None:
    """``file:line`` of the first requirement file of a repository that still lists a distribution."""
    name = "[-_.]+".join(map(re.escape, distribution.split("-")))
    wanted = re.compile(rf"(?<![\w.-]){name}(?![\w.-]*\w)", re.IGNORECASE)
    for file in _requirement_files(repo):
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
            if wanted.search(line.split("#", 1)[0]):
                return f"{file.relative_to(repo)}:{number}"
    return None


def _requirement_files(repo: Path) -> Iterator[Path]:
    for pattern in _REQUIREMENT_FILES:
        for file in sorted(repo.glob(pattern)):
            if file.is_file() and file.stat().st_size <= LARGEST_REQUIREMENTS:
                yield file
