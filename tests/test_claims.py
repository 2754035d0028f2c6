"""Claims of incident documents: read strictly, judged by intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forensics.capture import Capture, Health, Summary
from forensics.diagnose.claims import Judgement, claims
from forensics.diagnose.claims_file import claims_from, read_claims
from forensics.errors import UsageError
from forensics.profile import Profile
from forensics.sidecar import Sidecar
from tests.stacks import profile

HEAP = """
    main:<module> > importlib._bootstrap:exec > routes:<module> > safetensors:load_file  300 MiB 6 blocks
    main:<module> > main:handle > re:sub  10 MiB 10 blocks
    main:<module> > main:handle > re:sub  40 MiB 40 blocks @arena
    main:<module> > strangelib.core:work  50 MiB 5 blocks
"""


def capture(
    held: Profile, *, path: str = "before.bin", form: str = "memray", sidecar: Sidecar | None = None
) -> Capture:
    moment = held.origin.moment
    held = held.with_origin(path=path, format=form)
    return Capture(
        origin=held.origin,
        health=Health(),
        summaries={moment: Summary(held.total_bytes, held.total_blocks)},
        profiles={moment: lambda: held},
        sidecar=sidecar,
    )


def judged(assertion: str, *captures: Capture) -> Judgement:
    import tomllib

    row = tomllib.loads(assertion)
    file = claims_from({"claim": [{"id": "a", "text": "what the document says", **row}]}, "claims.toml")
    return claims(file, captures or [capture(profile(HEAP))]).claims[0]


@pytest.mark.parametrize(
    ("assertion", "verdict"),
    [
        ('cause = "model-load"\nbytes = "350MB"', "supported"),
        ('cause = "model-load"\nphase = "import"\nat_least = "300MiB"', "supported"),
        ('cause = "model-load"\nat_most = "100MB"', "contradicted"),
        ('cause = "model-load"\nrole = "primary"', "supported"),
        ('cause = "regex"\nrole = "primary"', "contradicted"),
        ('cause = "regex"\nat_least = "30MB"', "not testable"),
        ('cause = "regex"\nat_least = "200MB"', "contradicted"),
        ('cause = "regex"\nat_least = "5MB"', "supported"),
        ('cause = "tls"\nat_least = "60MB"', "contradicted"),
        ('cause = "tls"\nat_least = "30MB"', "not testable"),
        ('function = "handle"\nbetween = ["1MB", "60MB"]', "supported"),
        ('module = "safetensors"\npresent = true', "supported"),
        ('module = "sentence_transformers"\npresent = true', "contradicted"),
        ('module = "sentence_transformers"\npresent = false', "supported"),
        ('owner = "<module>"\nshare_at_least = 0.5', "supported"),
        ('metric = "heap"\nat_most = "512MiB"', "supported"),
        ('metric = "rss"\nat_least = "512MB"', "not testable"),
        ('metric = "sockets"\nat_least = 1000', "not testable"),
        ('cause = "model-load"\ngrows = true', "not testable"),
        ('cause = "model-load"\nbytes = 1\ncapture = "*after*"', "not testable"),
        ('cause = "model-load"\nbytes = 1\nmoment = "end"', "not testable"),
    ],
)
def test_a_claim_is_judged_by_what_surely_and_what_possibly_is_its(assertion: str, verdict: str) -> None:
    found = judged(assertion)
    assert found.verdict == verdict, found.why
    assert bool(found.would_settle) == (verdict == "not testable")


def test_a_judgement_says_its_figures() -> None:
    found = judged('cause = "regex"\nat_least = "200MB"')
    assert (found.low, found.high, found.unit) == (10 << 20, 100 << 20, "bytes")
    assert "between 10.0 MiB and 100.0 MiB" in found.why


def test_one_file_that_supports_a_claim_is_enough() -> None:
    small = capture(profile("main > json:loads  1 MiB"), path="after.bin")
    large = capture(profile(HEAP))
    assert judged('metric = "heap"\nat_least = "100MB"', small, large).verdict == "supported"
    assert (
        judged('metric = "heap"\nat_least = "100MB"\ncapture = "after*"', small, large).verdict
        == "contradicted"
    )


def test_a_saving_is_before_less_after_at_the_same_moment() -> None:
    before = capture(profile(HEAP))
    after = capture(profile("main > json:loads  1 MiB"), path="after.bin")
    pair = 'before = "before*"\nafter = "after*"\n'
    assert judged(f'cause = "model-load"\nsaves = "350MB"\n{pair}', before, after).verdict == "supported"
    between = 'cause = "pool"\nsaves = true\nbetween = ["100MB", "200MB"]\n'
    assert judged(between + pair, before, after).verdict == "contradicted"
    assert judged('cause = "pool"\nsaves = "20MB"\nbefore = "before*"', before).verdict == "not testable"


def test_tracemalloc_is_not_asked_about_what_it_cannot_see() -> None:
    snapshot = capture(profile("main > json:loads  1 MiB", moment="live"), form="tracemalloc")
    assert judged('cause = "tls"\nat_most = "1MB"', snapshot).verdict == "not testable"


@pytest.mark.parametrize(
    ("counts", "verdict"), [(range(0, 400, 20), "supported"), ([5] * 20, "contradicted")]
)
def test_counts_of_the_side_car_grow_or_do_not(counts: range | list[int], verdict: str) -> None:
    times = pd.to_datetime(np.arange(20) * 10**8, unit="ns", utc=True)
    beside = Sidecar(samples=pd.DataFrame({"time": times, "sockets": np.asarray(counts, np.int64)}))
    held = capture(profile(HEAP), sidecar=beside)
    assert judged('metric = "sockets"\ngrows = true', held).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "complaint"),
    [
        ('text = "x"\nbytes = 1', "has no 'id'"),
        ('id = "a b"\ntext = "x"\nbytes = 1', "an id has letters"),
        ('id = "a"\ntext = "x"', "says 0 things"),
        ('id = "a"\ntext = "x"\nbytes = 1\nat_least = 2', "says 2 things"),
        ('id = "a"\ntext = "x"\nbytes = "many"', "is no size"),
        ('id = "a"\ntext = "x"\nbytes = true', "neither a number nor a size"),
        ('id = "a"\ntext = "x"\ncause = "leak"\nbytes = 1', "is no cause"),
        ('id = "a"\ntext = "x"\nmetric = "heap"\ncause = "tls"\nbytes = 1', "a claim is about one of them"),
        ('id = "a"\ntext = "x"\nmetric = "blood"\nbytes = 1', "is no metric"),
        ('id = "a"\ntext = "x"\nbetween = ["2MB", "1MB"]', "lower value first"),
        ('id = "a"\ntext = "x"\nsaves = "1MB"', "a saving needs before"),
        ('id = "a"\ntext = "x"\nrole = "second"', "the only role"),
        ('id = "a"\ntext = "x"\npresent = "yes"', "is true or false"),
        ('id = "a"\ntext = "x"\nbyte = 1', "unknown key 'byte'"),
    ],
)
def test_a_bad_claims_file_is_refused_in_one_line(tmp_path: Path, claim: str, complaint: str) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(f"[[claim]]\n{claim}\n")
    with pytest.raises(UsageError) as caught:
        read_claims(file)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_claims_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text('document = "x"')
    with pytest.raises(UsageError, match="has no"):
        read_claims(file)
    with pytest.raises(UsageError, match="no such file"):
        read_claims(tmp_path / "none.toml")
