"""A capture file as a `Capture`: decoded once, its profiles built when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from forensics.capture import Capture, EventStream, Health, timeline_table
from forensics.errors import BadDump, TooLarge, UnsupportedVersion
from forensics.profile import Origin, Profile
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.aggregated import AggregatedDecoder
from forensics.readers.memray_capture.ahead import ahead
from forensics.readers.memray_capture.decode import MAIN_NAME, Decoder, Fault, arena_size
from forensics.readers.memray_capture.events import event_chunks, kept
from forensics.readers.memray_capture.header import BadHeader, Header, Unfinished, moment_of, read_header
from forensics.readers.memray_capture.limits import Limits, TooMuch, limits_for
from forensics.readers.memray_capture.native import (
    HybridTree,
    NativeFrames,
    Symbols,
    locate_natives,
    places_in,
)
from forensics.readers.memray_capture.stream import Ending, pieces
from forensics.readers.memray_capture.tables import (
    ALLOCATORS,
    ARENA_KIND,
    MMAP,
    Callsites,
    Columns,
    Locations,
    build_callsites,
    build_profile,
    finish_callsites,
    frame_columns,
    locate,
    origin_at,
    summary_of,
)
from forensics.readers.memray_capture.wire import OLD_ALLOCATORS
from forensics.readers.source import Source
from forensics.sidecar import read_sidecar

#: Names of places, given as offsets by file.
NamePlaces = Callable[[Mapping[str, Sequence[int]]], Symbols]
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


def load_capture(source: Source, *, name_places: NamePlaces | None = None) -> Capture:
    """See `forensics.readers.memray_capture.load`; ``name_places`` gives names to native frames."""
    opened = Opened(source)
    load = load_aggregated if opened.header.aggregated else load_full
    try:
        return load(source, opened, name_places)
    except TooMuch as error:
        raise TooLarge(source.path, str(error), "raise --max-expansion if you trust this file") from error


def load_full(source: Source, opened: Opened, name_places: NamePlaces | None) -> Capture:
    header = opened.header
    decoder = Decoder(header, limits=limits_for(source))
    decoder.run(opened.content())
    decoder.forget_tables()
    check_peak(source, decoder)
    health = health_of(opened.ending, decoder.closed, decoder.fault, decoder)
    origin = origin_of(source, header, health, notes_of(source, header, midway=joined_midway(decoder)))
    natives = decoder.natives[: int(decoder.state[s.NATIVES])]
    symbols = symbols_of(source, decoder, natives, natives[:, 2].astype(np.int64), name_places)
    rows = decoder.rows[: int(decoder.state[s.ROWS])]
    places = decoder.places[: len(rows)]
    columns = moments_of(rows, int(decoder.state[s.STAMP]))
    if any((column.bytes < 0).any() for column in columns.values()):
        raise BadDump(source.path, "its sums do not fit 64 bits", "the file is damaged: record it again")
    callsites = Lazy(lambda: callsites_of(decoder, symbols))
    names = decoder.labels.names
    return Capture(
        origin=origin,
        health=health,
        summaries={moment: summary_of(column) for moment, column in columns.items()},
        profiles=profile_makers(columns, callsites, places["label"], places["kind"], names, origin),
        timeline=timeline_of(header, decoder.timeline[: int(decoder.state[s.TIMELINE])]),
        event_stream=EventStream(
            chunks=kept(
                lambda: event_chunks(Opened(source), decoder, callsites().of_row),
                int(decoder.state[s.EVENTS]),
            ),
            threads=tuple(names),
            allocators=ALLOCATORS,
            count=int(decoder.state[s.EVENTS]),
            relative=joined_midway(decoder),
        ),
        extras=Extras(extras_of(header, decoder), lambda: stacks_at_peak(Opened(source), decoder)),
    )


def load_aggregated(source: Source, opened: Opened, name_places: NamePlaces | None) -> Capture:
    header = opened.header
    decoder = AggregatedDecoder(header, limits=limits_for(source))
    decoder.run(opened.content())
    health = health_of(opened.ending, decoder.closed, decoder.fault)
    origin = origin_of(source, header, health, notes_of(source, header))
    natives = decoder.natives[: int(decoder.counts[2])]
    latest = np.full(len(natives), len(decoder.segments.generations) - 1, np.int64)
    rows = AggregatedRows(decoder, symbols_of(source, decoder, natives, latest, name_places))
    snapshots = decoder.snapshots[: int(decoder.counts[3])]
    if (rows.table < 0).any():
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
        profiles=profile_makers(columns, callsites, rows.label, rows.kind, decoder.labels.names, origin),
        timeline=timeline_table(snapshots[:, 0] * 1_000_000, snapshots[:, 1], snapshots[:, 2]),
        no_events_because="it was recorded with --aggregate, which keeps sums and no order",
        extras=common_extras(header),
    )


def profile_makers(
    columns: dict[str, Columns],
    callsites: Lazy,
    label: np.ndarray,
    kind: np.ndarray,
    names: list[str],
    origin: Origin,
) -> dict[str, Callable[[], Profile]]:
    """One function for each moment that builds its profile; all share one tree."""

    def maker(moment: str) -> Callable[[], Profile]:
        return lambda: build_profile(
            callsites(),
            columns[moment],
            label=label,
            kind=kind,
            thread_names=names,
            origin=origin_at(origin, moment),
        )

    return {moment: maker(moment) for moment in columns}


class AggregatedRows:
    """The allocation rows of an aggregated capture in the terms of the tables."""

    def __init__(self, decoder: AggregatedDecoder, symbols: Symbols) -> None:
        self.decoder = decoder
        self.symbols = symbols
        self.table = decoder.allocations[: int(decoder.counts[4])].view(np.int64)
        self.label = self._labels()
        allocator = self.table[:, 1]
        if decoder.header.version == 11:
            allocator = OLD_ALLOCATORS[np.minimum(allocator, 15)]
        arena = 0 if decoder.header.trace_python_allocators else arena_size(decoder.header)
        sized = (self.table[:, 7] == self.table[:, 5] * arena) & (
            self.table[:, 8] == self.table[:, 6] * arena
        )
        self.kind = np.where((allocator == MMAP) & sized & (arena > 0), ARENA_KIND, np.minimum(allocator, 15))

    def _labels(self) -> np.ndarray:
        header, labels = self.decoder.header, self.decoder.labels
        unclaimed = MAIN_NAME not in self.decoder.names.values()
        threads, index = np.unique(self.table[:, 0].view(np.uint64), return_inverse=True)
        for tid in threads.tolist():
            name = self.decoder.names.get(tid) or (
                MAIN_NAME if tid == header.main_thread and unclaimed else f"thread {tid:#x}"
            )
            labels.add(name, default=False, main=tid == header.main_thread)
        return index.astype(np.int32)

    def columns(self, size: int, blocks: int) -> Columns:
        return Columns(bytes=self.table[:, size], blocks=self.table[:, blocks], more={})

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
        node = self.table[:, 3] - 1
        main = np.array(decoder.labels.main, bool)[self.label] & (decoder.header.skipped_frames > 0)
        if decoder.header.native_traces:
            natives = decoder.natives[: int(decoder.counts[2])]
            latest = np.full(len(natives), len(decoder.segments.generations) - 1, np.int64)
            return join_native(
                parents=traces[:, 1] - 1,
                location_of_node=location[frame_of_node] if len(traces) else np.zeros(0, np.int64),
                entry_of_node=(places[frame_of_node] & 1).astype(bool) | (decoder.header.version == 11),
                locations=locations,
                natives=locate_natives(natives, latest, decoder.segments.generations, self.symbols),
                node_of_row=np.where((node >= 0) & (node < len(traces)), node, -1),
                native_of_row=self.table[:, 2].astype(np.int64),
                stripped_rows=main,
                header=decoder.header,
                limits=decoder.limits,
            )
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


class Extras(Mapping[str, object]):
    """Facts at hand, and ``thread_stacks_at_peak``, which takes a pass up to the peak when asked for."""

    def __init__(self, known: dict[str, object], find_stacks: Callable[[], dict[str, list[int]]]) -> None:
        self._known = known
        self._find_stacks = find_stacks

    def __getitem__(self, key: str) -> object:
        if key == "thread_stacks_at_peak" and key not in self._known:
            self._known[key] = self._find_stacks()
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._known, "thread_stacks_at_peak"}))

    def __len__(self) -> int:
        return len({*self._known, "thread_stacks_at_peak"})


def stacks_at_peak(opened: Opened, first_pass: Decoder) -> dict[str, list[int]]:
    """Frame ids of what each thread was running at the peak, outermost first.

    A frame under which nothing was ever allocated is in no table and left out.
    """
    decoder = Decoder(opened.header, limits=first_pass.limits, stop_after=int(first_pass.state[s.STAMP]))
    decoder.run(opened.content())
    frames = first_pass.frames[: int(first_pass.state[s.FRAMES])]
    location, _ = locate(first_pass.header, first_pass.codes, frames["code"], frames["place"])
    known = dict(
        zip(
            zip(frames["code"].tolist(), frames["place"].tolist(), strict=True),
            location.tolist(),
            strict=True,
        )
    )
    found = {}
    for thread in decoder.threads[: decoder.thread_count]:
        label = int(thread["label"])
        skipped = opened.header.skipped_frames if decoder.labels.main[label] else 0
        held = decoder.stack[int(thread["base"]) : int(thread["base"] + thread["depth"])]
        levels = decoder.levels[held[skipped:]]
        places = zip(levels["code"].tolist(), levels["place"].tolist(), strict=True)
        found[first_pass.labels.names[label]] = [known[place] for place in places if place in known]
    return {name: stack for name, stack in found.items() if stack}


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


def callsites_of(decoder: Decoder, symbols: Symbols) -> Callsites:
    header, state = decoder.header, decoder.state
    frames = decoder.frames[: int(state[s.FRAMES])]
    nodes = decoder.nodes[: int(state[s.NODES])]
    places = decoder.places[: int(state[s.ROWS])]
    location, locations = locate(header, decoder.codes, frames["code"], frames["place"])
    main = np.array(decoder.labels.main, bool)
    location_of_node = location[nodes["frame"]] if len(nodes) else np.zeros(0, np.int64)
    stripped = main[places["label"]] & (header.skipped_frames > 0)
    if header.native_traces:
        natives = decoder.natives[: int(state[s.NATIVES])]
        return join_native(
            parents=nodes["parent"].astype(np.int64),
            location_of_node=location_of_node,
            entry_of_node=(frames["place"][nodes["frame"]] & 1).astype(bool) | (header.version == 11),
            locations=locations,
            natives=locate_natives(
                natives, natives[:, 2].astype(np.int64), decoder.segments.generations, symbols
            ),
            node_of_row=places["node"].astype(np.int64),
            native_of_row=decoder.native_places["native"][: len(places)].astype(np.int64),
            stripped_rows=stripped,
            header=header,
            limits=decoder.limits,
        )
    return build_callsites(
        parents=nodes["parent"],
        location_of_node=location_of_node,
        locations=locations,
        node_of_row=places["node"].astype(np.int64),
        stripped_rows=stripped,
        skipped_frames=header.skipped_frames,
        module_roots=module_roots(header),
    )


def join_native(
    *,
    parents: np.ndarray,
    location_of_node: np.ndarray,
    entry_of_node: np.ndarray,
    locations: Locations,
    natives: NativeFrames,
    node_of_row: np.ndarray,
    native_of_row: np.ndarray,
    stripped_rows: np.ndarray,
    header: Header,
    limits: Limits,
) -> Callsites:
    """The callsites of Python and native frames together."""
    tree = HybridTree(limits)
    of_row = tree.put(
        parents=parents,
        locations=location_of_node,
        entries=entry_of_node,
        frames=natives,
        first_native=len(locations.function),
        node_of_row=node_of_row,
        native_of_row=np.where((native_of_row > 0) & (native_of_row <= len(natives.outer)), native_of_row, 0),
        skip_of_row=np.where(stripped_rows, header.skipped_frames, 0).astype(np.int64),
    )
    frames = frame_columns(locations, natives, module_roots(header))
    return finish_callsites(frames, tree.parent[: tree.count], tree.place[: tree.count], of_row)


def symbols_of(
    source: Source,
    decoder: Decoder | AggregatedDecoder,
    natives: np.ndarray,
    generation: np.ndarray,
    name_places: NamePlaces | None,
) -> Symbols:
    """What ``name_places`` says of native frames and, before it, the side-car."""
    if not decoder.header.native_traces:
        return {}
    sidecar = read_sidecar(source.path)
    beside = sidecar.symbols if sidecar else {}
    if name_places is None:
        return beside
    return {**name_places(places_in(natives, generation, decoder.segments.generations)), **beside}


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


def joined_midway(decoder: Decoder) -> bool:
    """True where one record in a hundred frees what was allocated before the record began."""
    unknown, records = int(decoder.state[s.UNKNOWN_FREES]), int(decoder.state[s.SETTLED])
    return unknown >= 20 and unknown * 100 >= records


def notes_of(source: Source, header: Header, *, midway: bool = False) -> tuple[str, ...]:
    """What a reader of any number from this capture has to know."""
    notes = []
    if midway:
        notes.append("recording began in mid-life (attach): sums and the peak are relative to its start")
    if source.path.name.endswith(f".{header.pid}"):
        notes.append("a forked child: its heap starts empty, its RSS includes pages shared with its parent")
    if header.native_traces:
        notes.append("native frames without a symbol show their module and offset")
    if header.aggregated:
        notes.append("aggregated by the recorder: no order of events, no moment 'allocated'")
    if not header.trace_python_allocators and header.python_allocator.startswith("pymalloc"):
        notes.append("small Python objects show only as the arenas they lie in (arena_bytes)")
    return tuple(notes)


def timeline_of(header: Header, records: np.ndarray) -> pd.DataFrame:
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
    if ending.state == "cut":
        return Health(state="cut", detail=f"the file ends early, after byte {ending.offset}")
    detail = "the process died before the recorder closed the file"
    if decoder is not None and decoder.state[s.TIMELINE]:
        seconds = decoder.timeline[int(decoder.state[s.TIMELINE]) - 1, 0] / 1000
        detail += f"; its last memory record is at +{seconds:.3f} s, "
        detail += f"{decoder.records_after_timeline} records before the end"
    return Health(state="killed", detail=detail)


def origin_of(source: Source, header: Header, health: Health, notes: tuple[str, ...]) -> Origin:
    return Origin(
        path=str(source.path),
        sha256=source.sha256,
        format="memray",
        producer=header.producer,
        command=header.command,
        pid=header.pid if header.pid > 0 else None,
        language=header.language,
        started=moment_of(header.started_ms),
        ended=moment_of(header.ended_ms) if health.complete else None,
        complete=health.complete,
        missing=health.detail,
        notes=notes,
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
