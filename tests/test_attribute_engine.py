"""The attribution engine: which frame decides, whose code it is, and that causes add up."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.attribution import many_rules
from forensics.attribute import Ledger, assign, attribute, built_in_rules, select
from forensics.attribute.places import go_package
from forensics.attribute.sweep import first_below, innermost
from forensics.attribute.top import top
from forensics.builder import Frame, ProfileBuilder
from forensics.errors import UsageError
from forensics.profile import Origin, Profile
from tests.stacks import frames, profile


def cause_of(stack: str, *, moment: str = "peak") -> str:
    return str(attribute(profile(f"{stack}  1 MiB", moment=moment)).assignments["cause"].item())


# Which frame decides


def test_innermost_matching_frame_decides() -> None:
    assert cause_of("main > logging:info > json:dumps > json.encoder:encode") == "logging"
    assert cause_of("main > json:loads > logging:debug") == "logging"
    assert cause_of("main > csv:reader > json:loads") == "payload"


def test_a_strong_rule_outranks_a_weak_one_further_in() -> None:
    assert cause_of("main > torch.serialization:load > numpy._core.numeric:frombuffer") == "model-load"


@pytest.mark.parametrize(
    ("stack", "cause"),
    [
        ("main > httpx._client:__init__ > ssl:create_default_context", "pool/http"),
        ("main > ssl:create_default_context", "tls"),
        ("routes:<module> > importlib._bootstrap:_find_and_load > nltk:<module> > re:compile", "import"),
        ("main > re:compile > re._compiler:compile", "regex"),
        ("main > sentence_transformers.SentenceTransformer:__init__ > json:load", "model-load"),
    ],
)
def test_a_rule_that_outranks_a_cause_keeps_it_out(stack: str, cause: str) -> None:
    assert cause_of(stack) == cause


def test_a_frame_of_the_application_ends_an_import() -> None:
    importing = "main > importlib._bootstrap:_find_and_load > routes:<module>"
    assert cause_of(f"{importing} > re:compile") == "regex"
    assert cause_of(f"{importing} > safetensors.torch:load_file") == "model-load"
    assert cause_of(f"{importing} > importlib._bootstrap:_find_and_load > sympy:<module>") == "import"


def test_what_no_rule_knows_is_unexplained() -> None:
    assert cause_of("main > strangelib.core:work") == "unexplained"
    assert cause_of("(no stack)") == "unexplained"


def test_small_objects_of_the_applications_own_that_are_kept_are_a_cache_and_others_data() -> None:
    assert cause_of("main > collect") == "data"
    small = profile("main > collect  1 MiB 400 blocks")
    kept = np.ones(len(small.callsites), dtype=bool)
    assert attribute(small, kept=kept).table["cause"].iloc[0] == "cache"
    large = profile("main > collect  1 MiB 2 blocks")
    assert attribute(large, kept=kept).table["cause"].iloc[0] == "data"


def test_what_lives_at_the_only_moment_that_is_known_is_no_cache_yet() -> None:
    small = profile("main > collect  1 MiB 400 blocks", moment="live")
    found = attribute(small)
    assert found.table["cause"].iloc[0] == "data"
    assert found.assignment.rules[found.assignment.rule[-1]].id == "own-objects-held"


def test_kept_objects_are_a_cache_whatever_their_function_is_called() -> None:
    held = profile("main > render_page  9 MiB 90 blocks")
    assert attribute(held).table["cause"].iloc[0] == "payload"
    kept = np.ones(len(held.callsites), dtype=bool)
    assert attribute(held, kept=kept).table["cause"].iloc[0] == "cache"


def test_a_recorder_on_the_outside_does_not_own_what_the_program_does() -> None:
    assert cause_of("memray.commands.run:_run_tracker > main > json:loads") == "payload"
    assert cause_of("memray.commands.run:_run_tracker") == "profiler"


def test_scattered_arenas_of_churning_work_are_runtime_and_many_are_its_own() -> None:
    few = attribute(profile("main > re:sub  2 MiB 2 blocks @arena\nmain > re:sub  1 MiB 9 blocks"))
    assert few.table[["cause", "bytes"]].to_numpy().tolist()[:2] == [["runtime", 2 << 20], ["regex", 1 << 20]]
    many = attribute(profile("main > re:findall  64 MiB 64 blocks @arena"))
    assert many.table["cause"].iloc[0] == "regex"


def test_reserved_address_space_is_runtime() -> None:
    assert cause_of("main > numpy:dot") == "data"
    ledger = attribute(profile("main > numpy:dot  32 MiB 1 block @mmap"))
    assert ledger.assignments[["cause", "rule"]].to_numpy().tolist() == [
        ["runtime", "reserved-address-space"]
    ]


def test_why_names_rule_frame_and_runner_up() -> None:
    held = profile("main > httpx._client:__init__ > ssl:create_default_context  1 MiB")
    reason = attribute(held).why(2)
    assert (reason.cause, reason.rule, reason.tier) == ("pool/http", "http-client", "strong")
    assert (reason.runner_up, reason.runner_up_rule) == ("tls", "tls-context")
    assert reason.frame.startswith("__init__ /srv/venv/lib/python3.12/site-packages/httpx/_client.py")


# Whose code it is


@pytest.mark.parametrize(
    ("file", "own"),
    [
        ("/srv/app/routes.py", True),
        ("routes.py", True),
        ("/tmp/ipykernel_4711/123.py", True),
        ("<ipython-input-3-abc>", True),
        ("C:\\shop\\routes.py", True),
        ("/srv/venv/lib/python3.12/site-packages/flask/app.py", False),
        ("/usr/lib/python3/dist-packages/yaml/__init__.py", False),
        ("/usr/lib/python3.11/json/decoder.py", False),
        ("/home/ada/.pyenv/versions/3.11.7/lib/python3.11/re/_compiler.py", False),
        ("C:\\Python312\\Lib\\json\\decoder.py", False),
        ("/opt/deps.zip/requests/api.py", False),
        ("/usr/lib/python312.zip/json/decoder.py", False),
        ("<frozen importlib._bootstrap>", False),
        ("<string>", False),
        ("<attrs generated init x.Y>", False),
        ("/srv/venv/bin/gunicorn", False),
        ("/srv/app/templates/letter.html", False),
        ("", False),
    ],
)
def test_paths_tell_whose_code_it_is(file: str, own: bool) -> None:
    builder = ProfileBuilder()
    builder.add(
        [Frame("work", file, 3, "", "python"), Frame("start", "/srv/x.py", 1, "x", "python")], bytes=1
    )
    assert assign(builder.build()).places.own.tolist() == [own, True]


def test_a_handler_that_a_client_in_the_process_calls_makes_its_own_objects() -> None:
    served = "main > httpx._client:request > starlette.routing:app > views:sell"
    built = "main > httpx._client:__init__ > httpx._config:load"
    ledger = attribute(profile(f"{served}  9 MiB 9 blocks\n{built}  1 MiB 9 blocks"))
    assert bytes_by_cause(ledger) == {"data": 9 << 20, "pool/http": 1 << 20}


@pytest.mark.parametrize(
    "around",
    [
        "opentelemetry.instrumentation.asgi:__call__",
        "tqdm.std:__iter__",
        "concurrent.futures.thread:run",
        "starlette.middleware.sessions:__call__",
        "typeguard:wrapper",
        "graphql.execution.execute:execute_fields",
        "celery.result:get",
    ],
)
def test_what_wraps_the_application_is_not_charged_with_its_work(around: str) -> None:
    ledger = attribute(
        profile(f"main > {around} > views:sell  9 MiB 9 blocks\nmain > {around}  1 MiB 9 blocks")
    )
    assert bytes_by_cause(ledger)["data"] == 9 << 20


def test_what_a_client_has_the_application_build_for_it_is_the_clients() -> None:
    adapter = "main > requests.adapters:__init__ > client:init_poolmanager"
    assert bytes_by_cause(attribute(profile(f"{adapter}  9 MiB 9 blocks"))) == {"pool/http": 9 << 20}


def test_what_was_parsed_at_import_and_is_still_there_is_a_table_and_no_document() -> None:
    body = "main:<module> > importlib._bootstrap:_find_and_load > settings:<module>"
    text = f"{body} > json:load  20 MiB 900 blocks\nmain > answer > json:loads  1 MiB 9 blocks"
    assert bytes_by_cause(attribute(profile(text, moment="live")))["data"] == 20 << 20
    assert bytes_by_cause(attribute(profile(text))) == {"payload": 21 << 20}


def bytes_by_cause(ledger: Ledger) -> dict[str, int]:
    return {str(row.cause): int(row.bytes) for row in ledger.table.itertuples() if row.bytes}


@pytest.mark.parametrize(
    ("function", "file", "own"),
    [
        ("main.main", "/srv/crawler/main.go", True),
        ("example.com/bee/internal/jobs.(*Pool).work", "/srv/bee/internal/jobs/worker.go", True),
        (
            "github.com/jackc/pgx/v5.Connect",
            "/home/ada/go/pkg/mod/github.com/jackc/pgx/v5@v5.5.0/conn.go",
            False,
        ),
        ("net/http.(*conn).serve", "/usr/local/go/src/net/http/server.go", False),
        ("internal/poll.runtime_pollWait", "/usr/lib/go-1.19/src/runtime/netpoll.go", False),
        ("golang.org/x/net/html.Parse", "golang.org/x/net@v0.1.0/html/parse.go", False),
    ],
)
def test_go_packages_tell_whose_code_it_is(function: str, file: str, own: bool) -> None:
    builder = ProfileBuilder()
    builder.add([Frame(function, file, 3, "", "go")], bytes=1)
    assert assign(builder.build()).places.own.tolist() == [own]


@pytest.mark.parametrize(
    ("function", "package"),
    [
        ("main.main", "main"),
        ("net/http.(*Transport).RoundTrip", "net/http"),
        ("gopkg.in/yaml%2ev3.Unmarshal", "gopkg.in/yaml.v3"),
        ("slices.SortFunc[go.shape.[]example.com/a.B]", "slices"),
    ],
)
def test_the_package_of_a_go_function(function: str, package: str) -> None:
    assert go_package(function) == package


def test_the_owner_is_the_innermost_own_frame_and_may_be_missing() -> None:
    held = profile("main > routes:search#7 > json:loads  1 MiB\njson:loads  1 MiB")
    assert attribute(held).assignments["owner"].tolist() == ["search /srv/app/routes.py:7", ""]


def test_a_repository_root_and_patterns_say_what_is_own() -> None:
    held = profile("main > json:loads  1 MiB", repo_root="/srv/elsewhere")
    assert attribute(held).assignments["owner"].tolist() == [""]
    vendored = profile("main > strangelib.core:work  1 MiB")
    assert attribute(vendored, own=["*/strangelib/*"]).assignments["owner_function"].tolist() == ["work"]


@pytest.mark.parametrize(
    ("stack", "phase"),
    [
        (
            "main:<module> > importlib._bootstrap:_find_and_load > routes:<module> > safetensors:load",
            "import",
        ),
        ("main:<module> > flask.app:full_dispatch_request > routes:search > safetensors:load", "serving"),
        (
            "main:<module> > flask.app:wsgi_app > routes:search > importlib._bootstrap:_find_and_load",
            "serving",
        ),
        ("main:<module> > main:create_app > json:loads", "startup"),
        ("main:<module> > json:loads", "startup"),
        ("main:<module> > main:handle > json:loads", "serving"),
        ("threading:_bootstrap > worker:poll > json:loads", "background"),
    ],
)
def test_phases(stack: str, phase: str) -> None:
    assert attribute(profile(f"{stack}  1 MiB")).assignments["phase"].item() == phase


# Laws

STACKS = st.lists(
    st.sampled_from(
        [
            "main > json:loads",
            "main > collect",
            "main > strangelib:work",
            "main > handle > re:sub > re._compiler:compile",
            "main > numpy:zeros",
            "(no stack)",
            "routes:<module> > importlib._bootstrap:_find_and_load > sympy:<module>",
        ]
    ),
    max_size=12,
)


def built(stacks: list[str], sizes: list[int]) -> Profile:
    builder = ProfileBuilder()
    for stack, size in zip(stacks, sizes, strict=False):
        builder.add(frames(stack), bytes=size, blocks=1)
    return builder.build(Origin(moment="peak"))


def table_of(held: Profile) -> dict[str, tuple[int, int]]:
    return {row.cause: (row.bytes, row.blocks) for row in attribute(held).table.itertuples()}


@settings(max_examples=40, deadline=None)
@given(STACKS, st.lists(st.integers(0, 1 << 40), min_size=12, max_size=12))
def test_causes_add_up_to_the_profile(stacks: list[str], sizes: list[int]) -> None:
    held = built(stacks, sizes)
    table = attribute(held).table
    assert (table["bytes"].sum(), table["blocks"].sum()) == (held.total_bytes, held.total_blocks)
    assert table["cause"].tolist()[-1] == "unexplained"


@settings(max_examples=25, deadline=None)
@given(STACKS, st.lists(st.integers(0, 1 << 40), min_size=12, max_size=12), st.randoms())
def test_the_order_of_rows_does_not_matter(stacks: list[str], sizes: list[int], random: object) -> None:
    pairs = list(zip(stacks, sizes, strict=False))
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert table_of(built(stacks, sizes)) == table_of(built([s for s, _ in pairs], [n for _, n in pairs]))


@settings(max_examples=25, deadline=None)
@given(STACKS, STACKS, st.lists(st.integers(0, 1 << 40), min_size=24, max_size=24))
def test_merging_two_profiles_merges_their_ledgers(
    one: list[str], other: list[str], sizes: list[int]
) -> None:
    first, second = table_of(built(one, sizes)), table_of(built(other, sizes[12:]))
    together = table_of(built([*one, *other], [*sizes[: len(one)], *sizes[12 : 12 + len(other)]]))
    zero = (0, 0)
    for cause in {*first, *second}:
        added = tuple(map(sum, zip(first.get(cause, zero), second.get(cause, zero), strict=True)))
        assert together.get(cause, zero) == added


@pytest.mark.parametrize(
    "place", ["/x/env/lib/python3.13/site-packages/", "C:\\env\\Lib\\site-packages\\", "/a.zip/"]
)
def test_where_a_library_is_installed_does_not_change_its_cause(place: str) -> None:
    builder = ProfileBuilder()
    library = Frame("load_file", f"{place}safetensors/torch.py", 5, "", "python")
    builder.add([Frame("serve", "/srv/renamed.py", 1, "", "python"), library], bytes=5, blocks=1)
    assert attribute(builder.build()).table["cause"].iloc[0] == "model-load"


# Selecting and ranking

TEXT = """
    main > search > json:loads  3 MiB 3 blocks
    main > search > search  1 MiB 1 block
    main > report > numpy:zeros  2 MiB 1 block
"""


@pytest.mark.parametrize(
    ("key", "value", "size"),
    [
        ("cause", "payload", 3),
        ("function", "search", 4),
        ("function", "sea*", 4),
        ("module", "numpy", 2),
        ("file", "main.py", 6),
        ("file", "*/json.py", 3),
        ("owner", "report", 2),
        ("owner", "main.py:1", 6),
        ("callsite", "1", 4),
    ],
)
def test_selecting_callsites(key: str, value: str, size: int) -> None:
    held = profile(TEXT)
    assert held.own()[select(held, key, value)].sum() == size << 20  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "value"), [("cause", "leak"), ("phase", "dawn"), ("callsite", "99"), ("colour", "x")]
)
def test_selecting_by_nonsense_is_a_usage_error(key: str, value: str) -> None:
    with pytest.raises(UsageError, match=value if key != "colour" else "colour"):
        select(profile(TEXT), key, value)  # type: ignore[arg-type]


def test_a_function_that_calls_itself_counts_once() -> None:
    rows = top(profile(TEXT)).set_index("name")
    assert rows.loc["search", ["own_bytes", "total_bytes"]].tolist() == [1 << 20, 4 << 20]
    assert rows.loc["main", "total_bytes"] == 6 << 20
    assert rows["own_bytes"].sum() == 6 << 20


def test_owners_in_a_ranking_own_what_libraries_allocate_for_them() -> None:
    rows = top(profile(TEXT), "owner").set_index("name")
    assert rows.loc["search /srv/app/main.py:1", "own_bytes"] == 4 << 20


def test_sweeps_find_the_nearest_and_the_first_mark() -> None:
    chain = pd.DataFrame({"parent_id": [-1, 0, 1, 2], "depth": [0, 1, 2, 3]})
    marked = np.array([True, False, True, False])
    assert innermost(chain, marked).tolist() == [0, 0, 2, 2]
    assert first_below(chain, marked, np.array([False, True, False, False])).tolist() == [0, -1, 2, 2]


@pytest.mark.slow
def test_a_million_callsites_and_three_hundred_rules_take_about_a_second() -> None:
    rng = np.random.default_rng(7)
    held, rules = _wide_profile(rng, 1_000_000), many_rules(300)
    assign(_wide_profile(rng, 1_000), rules=rules)
    start = time.process_time()
    assert len(assign(held, rules=rules).cause) == 1_000_000
    assert time.process_time() - start < 2


def _wide_profile(rng: np.random.Generator, count: int) -> Profile:
    from forensics.builder import depths_of, frame_table, profile_from_columns

    places = [
        "/srv/app/m.py",
        "/v/lib/python3.12/site-packages/torch/nn/modules/linear.py",
        "/usr/lib/python3.12/re/x.py",
    ]
    table = frame_table([Frame(f"f{i}", places[i % 3], i % 90 + 1, "", "python") for i in range(5000)])
    parents = np.maximum(np.arange(count) // 4 - 1, -1).astype(np.int32)
    frame_ids = (np.arange(count) % 5000).astype(np.int32)
    sites = np.arange(count, dtype=np.int32)
    thread = pd.Categorical.from_codes(np.zeros(count, np.int8), categories=["main"])
    return profile_from_columns(
        frames=table,
        parent_id=parents,
        frame_id=frame_ids,
        depth=depths_of(parents),
        callsite_id=sites,
        thread=thread,
        allocator=thread,
        values={"bytes": rng.integers(0, 1000, count), "blocks": np.ones(count, np.int64)},
    )


# Names, extensions and the application's own lines


def test_a_native_frame_answers_to_the_package_of_its_extension() -> None:
    builder = ProfileBuilder()
    extension = "/srv/v/lib/python3.12/site-packages/lxml/etree.cpython-312-x86_64-linux-gnu.so"
    own = Frame("load", "/srv/app/catalogue.py", 5, "", "python")
    builder.add([own, Frame("etree.so+0x1f", extension, 0, "", "native")], bytes=9, blocks=1)
    ledger = attribute(builder.build(Origin(moment="peak")))
    assert ledger.assignments[["cause", "rule", "owner_function"]].to_numpy().tolist() == [
        ["payload", "markup", "load"]
    ]


def test_a_comprehension_belongs_to_the_function_it_stands_in() -> None:
    held = profile("main > rows_of > <listcomp>  1 MiB")
    assert attribute(held).assignments["owner_function"].tolist() == ["rows_of"]
    alone = profile("json:loads > <listcomp>  1 MiB")
    assert attribute(alone).assignments["owner_function"].tolist() == ["<listcomp>"]


def test_the_name_of_a_function_of_ones_own_speaks_for_what_it_makes_itself() -> None:
    assert cause_of("main > enqueue_job") == "concurrency"
    assert cause_of("main > enqueue_job > picture_of") == "data"


def test_one_line_of_a_module_body_that_makes_much_made_a_value() -> None:
    importing = "main > importlib._bootstrap:_find_and_load > settings:<module>"
    assert cause_of(importing) == "data"
    few = attribute(profile(f"{importing}  200 KiB"))
    assert few.assignments["rule"].tolist() == ["own-module-body"]


def test_arenas_say_nothing_about_the_size_of_objects() -> None:
    held = profile("main > collect  9 MiB 9 blocks @arena")
    arenas = attribute(held, kept=np.ones(len(held.callsites), dtype=bool))
    assert arenas.table["cause"].iloc[0] == "cache"


@pytest.mark.parametrize(
    ("stack", "cause"),
    [
        ("go runtime.main > go main.main > go main.scan", "data"),
        ("go net/http.(*conn).serve > go net/http.newBufioWriterSize > go bufio.NewWriterSize", "pool/http"),
        ("main > boto3.session:client > botocore.loaders:load_data > json:loads", "pool/http"),
        ("main > whole > codecs:decode", "payload"),
        ("main > prices > joblib.memory:load_item > joblib.numpy_pickle:load", "cache"),
        ("main > infer > torchvision.models.resnet:_forward_impl > torch.nn.functional:relu", "data"),
        ("main > find > django.db.backends.utils:debug_sql", "logging"),
        ("main > load_model > numpy.lib._npyio_impl:load", "model-load"),
        ("main > copies > copy:deepcopy > copyreg:__newobj__", "data"),
    ],
)
def test_causes_of_libraries(stack: str, cause: str) -> None:
    assert cause_of(stack) == cause


def test_an_import_of_a_library_is_its_import_and_never_what_the_library_does() -> None:
    for rule in built_in_rules():
        if not rule.python or rule.cause in ("import", "profiler"):
            continue
        module = rule.python[0].split(":")[0].rstrip("*.")
        stack = f"main > importlib._bootstrap:_find_and_load > {module}:<module>"
        if module.split(".")[0] not in ("importlib", "runpy"):
            assert cause_of(stack) == "import", rule.id
