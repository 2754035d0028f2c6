"""What mutations start from: the smallest committed dumps of each format, and small texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import forensics as hf
from forensics.readers import readers, recognise
from forensics.readers.memray_capture.tiny import tiny_captures
from forensics.readers.source import Source
from tests.test_detection import SAMPLES, TEXTS
from tests.written import write

DUMPS = Path(__file__).parents[2] / "sample_dumps"
MOST_BYTES = 256 << 10
MOST_SAMPLES = 6


def samples() -> Mapping[str, Sequence[bytes]]:
    """Contents by format, as they lie on disk: at most 6 of at most 256 KiB, one at least of each format."""
    found: dict[str, list[bytes]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        paths = [*_small(SAMPLES), *_written(Path(folder))]
        for path in sorted(paths, key=lambda path: (path.stat().st_size, str(path))):
            found[recognise(Source(path)).FORMAT].append(path.read_bytes())
    missing = {reader.FORMAT for reader in readers()} - set(found)
    if missing:
        raise LookupError(f"no sample of {', '.join(sorted(missing))}")
    return {name: contents[:MOST_SAMPLES] for name, contents in sorted(found.items())}


def _small(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if 0 < path.stat().st_size <= MOST_BYTES]


def _written(folder: Path) -> list[Path]:
    """Dumps of formats that no committed file has, and of all that are text."""
    made = [write(folder, text, f"{name}.txt") for name, text in TEXTS.items()]
    made += [write(folder, content, f"{n}.memray") for n, content in enumerate(tiny_captures())]
    heap = hf.load(DUMPS / "incidents" / "link_crawler" / "dumps" / "before.heap.pb.gz")
    converted = [folder / f"heap{suffix}" for suffix in (".parquet", ".folded", ".speedscope.json")]
    for path in converted:
        hf.convert(heap, path)
    followed = folder / "followed.parquet"
    hf.convert(hf.load(folder / "0.memray"), followed)
    hf.census().save(folder / "objects.json")
    return [*made, *converted, followed, folder / "objects.json"]
