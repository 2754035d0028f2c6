"""A capture file as a `Capture`: decoded once, its profiles built when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from forensics.capture import Capture, EventStream, Health, timeline_table
from forensics.errors import BadDump, TooLarge, UnsupportedVersion
from forensics.profile import Origin
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.aggregated import AggregatedDecoder
from forensics.readers.memray_capture.ahead import ahead
from forensics.readers.memray_capture.decode import Decoder, Fault, arena_size
from forensics.readers.memray_capture.events import event_chunks
from forensics.readers.memray_capture.header import BadHeader, Header, Unfinished, moment_of, read_header
from forensics.readers.memray_capture.limits import TooMuch, limits_for
from forensics.readers.memray_capture.stream import Ending, pieces
from forensics.readers.memray_capture.tables import (
    ALLOCATORS,
    ARENA_KIND,
    MMAP,
    Callsites,
    Columns,
    build_callsites,
    build_profile,
    locate,
    origin_at,
    summary_of,
)
from forensics.readers.memray_capture.wire import OLD_ALLOCATORS
from forensics.readers.source import Source

LONGEST_HEADER = 64 << 20
#: Below this a thread that decompresses ahead is not worth its start.
SMALL_FILE = 1 << 20


class Opened:
    """The header of a file and, once, an iterator over the bytes after it."""

    def __init__(self, source: Source) -> None:
        self.ending = Ending()
        found = pieces(source, self.ending)
        self._pieces = ahead(found) if source.size > SMALL_FILE or source.compression else found
        self._first = b""
        self.header = self._read_header(source)

    def _read_header(self, source: Source) -> Header:
        while True:
            piece = next(self._pieces, b"")
            self._first += piece
            try:
                return read_header(self._first)
            except Unfinished as error:
                if not piece or len(self._first) > LONGEST_HEADER:
                    raise BadDump(
                        source.path, "ends inside the header of the capture", "record it again"
                    ) from error
            except BadHeader as error:
                raise UnsupportedVersion(
                    source.path,
                    str(error),
                    "memray 1.11 to 1.20 can be read: record it again with one of these",
                ) from error

    def content(self) -> Iterator[bytes]:
        yield self._first[self.header.size :]
        self._first = b""
        yield from self._pieces


def load_capture(source: Source) -> Capture:
    """See `forensics.readers.memray_capture.load`."""
    opened = Opened(source)
    try:
        return load_aggregated(source, opened) if opened.header.aggregated else load_full(source, opened)
    except TooMuch as error:
        raise TooLarge(source.path, str(error), "raise --max-expansion if you trust this file") from error


def load_full(source: Source, opened: Opened) -> Capture:
    header = opened.header
    decoder = Decoder(header, limits=limits_for(source))
    decoder.run(opened.content())
    check_peak(source, decoder)
    health = health_of(opened.ending, decoder.closed, decoder.fault, decoder)
    origin = origin_of(source, header, health)
    rows = decoder.rows[: int(decoder.state[s.ROWS])]
    places = decoder.places[: len(rows)]
    columns = moments_of(rows, int(decoder.state[s.STAMP]))
    if any((column.bytes < 0).any() for column in columns.values()):
        raise BadDump(source.path, "its sums do not fit 64 bits", "the file is damaged: record it again")
    callsites = Lazy(lambda: callsites_of(decoder))
    names = decoder.labels.names
    profiles = {
        moment: lambda moment=moment: build_profile(
            callsites(),
            columns[moment],
            label=places["label"],
            kind=places["kind"],
            thread_names=names,
            origin=origin_at(origin, moment),
        )  # fmt: skip
        for moment in columns
    }
    return Capture(
        origin=origin,
        health=health,
        summaries={moment: summary_of(column) for moment, column in columns.items()},
        profiles=profiles,
        timeline=timeline_of(header, decoder.timeline[: int(decoder.state[s.TIMELINE])]),
        event_stream=EventStream(
            chunks=lambda: event_chunks(Opened(source), decoder, callsites().of_row),
            threads=tuple(names),
            allocators=ALLOCATORS,
            count=int(decoder.state[s.EVENTS]),
            relative=bool(is_attached(header)),
        ),
        extras=extras_of(header, decoder),
    )


def load_aggregated(source: Source, opened: Opened) -> Capture:
    header = opened.header
    decoder = AggregatedDecoder(header, limits=limits_for(source))
    decoder.run(opened.content())
    health = health_of(opened.ending, decoder.closed, decoder.fault)
    origin = origin_of(source, header, health)
    rows = AggregatedRows(decoder)
    snapshots = decoder.snapshots[: int(decoder.counts[3])]
    if (rows.values < 0).any():
        raise BadDump(source.path, "a sum in it is negative", "the file is damaged: record it again")
    columns = {"peak": rows.columns(7, 5), "end": rows.columns(8, 6)}
    if decoder.closed and len(snapshots) and summary_of(columns["peak"]).bytes < snapshots[:, 2].max():
        raise BadDump(
            source.path, "its peak is below what its own timeline saw", "the file is damaged: record it again"
        )
    callsites = Lazy(rows.callsites)
    return Capture(
        origin=origin,
        health=health,
        summaries={moment: summary_of(column) for moment, column in columns.items()},
        profiles={
            moment: lambda moment=moment: build_profile(
                callsites(),
                columns[moment],
                label=rows.label,
                kind=rows.kind,
                thread_names=decoder.labels.names,
                origin=origin_at(origin, moment),
            )
            for moment in columns
        },  # fmt: skip
        timeline=timeline_table(snapshots[:, 0] * 1_000_000, snapshots[:, 1], snapshots[:, 2]),
        no_events_because="it was recorded with --aggregate, which keeps sums and no order",
        extras=common_extras(header),
    )


class AggregatedRows:
    """The allocation rows of an aggregated capture in the terms of the tables."""

    def __init__(self, decoder: AggregatedDecoder) -> None:
        self.decoder = decoder
        self.values = decoder.allocations[: int(decoder.counts[4])].view(np.int64)
        self.label = self._labels()
        allocator = self.values[:, 1]
        if decoder.header.version == 11:
            allocator = OLD_ALLOCATORS[np.minimum(allocator, 15)]
        arena = 0 if decoder.header.trace_python_allocators else arena_size(decoder.header)
        sized = (self.values[:, 7] == self.values[:, 5] * arena) & (
            self.values[:, 8] == self.values[:, 6] * arena
        )
        self.kind = np.where((allocator == MMAP) & sized & (arena > 0), ARENA_KIND, np.minimum(allocator, 15))

    def _labels(self) -> np.ndarray:
        header, labels = self.decoder.header, self.decoder.labels
        threads, index = np.unique(self.values[:, 0].view(np.uint64), return_inverse=True)
        for tid in threads.tolist():
            name = self.decoder.names.get(tid) or (
                "MainThread" if tid == header.main_thread else f"thread {tid:#x}"
            )
            labels.add(name, default=False, main=tid == header.main_thread)
        return index.astype(np.int32)

    def columns(self, size: int, blocks: int) -> Columns:
        return Columns(bytes=self.values[:, size], blocks=self.values[:, blocks], more={})

    def callsites(self) -> Callsites:
        decoder = self.decoder
        traces = decoder.traces[: int(decoder.counts[1])].astype(np.int64)
        if decoder.header.version == 11:
            codes, frame_of_node = np.unique(traces[:, 0].view(np.uint64), return_inverse=True)
            places = np.zeros(len(codes), np.int64)
        else:
            frames = decoder.frames[: int(decoder.counts[0])]
            codes = np.append(frames["code"], np.uint64(2**64 - 1))
            places = np.append(frames["place"], 0)
            frame_of_node = np.where(traces[:, 0] < len(frames), traces[:, 0], len(frames))
        location, locations = locate(decoder.header, decoder.codes, codes, places)
        node = self.values[:, 3] - 1
        return build_callsites(
            parents=traces[:, 1] - 1,
            location_of_node=location[frame_of_node] if len(traces) else np.zeros(0, np.int64),
            locations=locations,
            node_of_row=np.where((node >= 0) & (node < len(traces)), node, -1),
            stripped_rows=np.array(decoder.labels.main, bool)[self.label]
            & (decoder.header.skipped_frames > 0),
            skipped_frames=decoder.header.skipped_frames,
            module_roots=module_roots(decoder.header),
        )


class Lazy:
    """A value made at most once, when first asked for."""

    def __init__(self, make: Callable[[], Callsites]) -> None:
        self._make = make
        self._made: Callsites | None = None

    def __call__(self) -> Callsites:
        if self._made is None:
            self._made = self._make()
        return self._made


def moments_of(rows: np.ndarray, stamp: int) -> dict[str, Columns]:
    """Bytes and blocks by row at each moment; ``stamp`` tells rows that changed after the peak."""
    changed = rows["stamp"] == stamp
    return {
        "peak": Columns(
            bytes=np.where(changed, rows["peak_bytes"], rows["bytes"]),
            blocks=np.where(changed, rows["peak_blocks"], rows["blocks"]).astype(np.int64),
            more={},
        ),
        "end": Columns(bytes=rows["bytes"], blocks=rows["blocks"].astype(np.int64), more={}),
        "allocated": Columns(
            bytes=rows["total_bytes"],
            blocks=rows["total_blocks"],
            more={"temporary_bytes": rows["temporary_bytes"], "temporary_blocks": rows["temporary_blocks"]},
        ),
    }


def callsites_of(decoder: Decoder) -> Callsites:
    header, state = decoder.header, decoder.state
    frames = decoder.frames[: int(state[s.FRAMES])]
    nodes = decoder.nodes[: int(state[s.NODES])]
    places = decoder.places[: int(state[s.ROWS])]
    location, locations = locate(header, decoder.codes, frames["code"], frames["place"])
    main = np.array(decoder.labels.main, bool)
    return build_callsites(
        parents=nodes["parent"],
        location_of_node=location[nodes["frame"]] if len(nodes) else np.zeros(0, np.int64),
        locations=locations,
        node_of_row=places["node"].astype(np.int64),
        stripped_rows=main[places["label"]] & (header.skipped_frames > 0),
        skipped_frames=header.skipped_frames,
        module_roots=module_roots(header),
    )


def module_roots(header: Header) -> tuple[str, ...]:
    return tuple(
        root for root in (*header.site_packages, header.standard_library, *header.search_path) if root
    )


def check_peak(source: Source, decoder: Decoder) -> None:
    """The header counts its allocation records where the file was closed; so many must be there."""
    told = decoder.header.allocation_records
    if decoder.closed and told and told != int(decoder.state[s.SETTLED]):
        raise BadDump(
            source.path,
            f"its header counts {told} allocation records, it holds {int(decoder.state[s.SETTLED])}",
            "the file is damaged: record it again",
        )


def is_attached(header: Header) -> bool:
    return "attach" in header.command.split()[:3]


def timeline_of(header: Header, records: np.ndarray):
    return timeline_table((records[:, 0] + header.started_ms) * 1_000_000, records[:, 1], records[:, 2])


def health_of(ending: Ending, closed: bool, fault: Fault | None, decoder: Decoder | None = None) -> Health:
    if fault is not None:
        return Health(
            state="damaged", detail=f"damaged at byte {fault.offset}: {fault.what}", offset=fault.offset
        )
    if closed:
        return Health()
    if ending.wrapper_cut:
        return Health(state="cut", detail="the compressed file around the capture ends early")
    if ending.state == "damaged":
        return Health(
            state="damaged", detail=f"the LZ4 frame is damaged after byte {ending.offset} of the file"
        )
    if ending.state in ("cut", "closed"):
        return Health(state="cut", detail=f"the file ends early, after byte {ending.offset}")
    detail = "the process died before the recorder closed the file"
    if decoder is not None and decoder.state[s.TIMELINE]:
        seconds = decoder.timeline[int(decoder.state[s.TIMELINE]) - 1, 0] / 1000
        detail += f"; its last memory record is at +{seconds:.3f} s, {decoder.records_after_timeline} records before the end"
    return Health(state="killed", detail=detail)


def origin_of(source: Source, header: Header, health: Health) -> Origin:
    return Origin(
        path=str(source.path),
        sha256=source.sha256,
        format="memray",
        producer=header.producer,
        command=header.command,
        pid=header.pid if header.pid > 0 else None,
        language=header.language,
        started=moment_of(header.started_ms),
        ended=moment_of(header.ended_ms),
        complete=health.complete,
        missing=health.detail,
    )


def common_extras(header: Header) -> dict[str, object]:
    return {
        "trace_python_allocators": header.trace_python_allocators,
        "python_allocator": header.python_allocator,
        "native_traces": header.native_traces,
        "header_version": header.version,
    }


def extras_of(header: Header, decoder: Decoder) -> dict[str, object]:
    state = decoder.state
    return common_extras(header) | {
        "peak_sequence": int(state[s.PEAK_EVENTS]) - 1,
        "peak_interval": int(state[s.PEAK_INTERVAL]),
        "unknown_frees": int(state[s.UNKNOWN_FREES]),
        "overwritten_blocks": int(state[s.OVERWRITTEN]),
    }
