"""Fetching from an endpoint on loopback: limits, redirects, secrets, files."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

import forensics as hf
from forensics.endpoint import wsgi
from forensics.pull import default_name, pull
from tests.recorded import run
from tests.test_endpoint import TOKEN, serving

GO_GOROUTINES = b"""goroutine profile: total 3
2 @ 0x1 0x2
#\t0x1\tmain.wait+0x1\t/srv/app/main.go:10
#\t0x2\tmain.main+0x2\t/srv/app/main.go:20

1 @ 0x3
#\t0x3\tmain.main+0x2\t/srv/app/main.go:21
"""
METRICS = b"""# TYPE go_memstats_alloc_bytes gauge
go_memstats_alloc_bytes 1.5e+06
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 9e+06
"""


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        seen.append((self.path, self.headers.get("Authorization")))
        page = urlsplit(self.path).path
        if page == "/away":
            return self.answer(302, b"", Location="http://elsewhere.example/heap")
        if page == "/loop":
            return self.answer(302, b"", Location="/loop")
        if page == "/moved":
            return self.answer(302, b"", Location="/debug/pprof/goroutine?debug=1")
        if page == "/short":
            return self.answer(200, b"only this", **{"Content-Length": "5000"})
        if page == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                stop.wait(0.1)
            return None
        content = {"/debug/pprof/goroutine": GO_GOROUTINES, "/metrics": METRICS, "/big": b"x" * 100_000}
        return self.answer(200, content[page]) if page in content else self.answer(404, b"no")

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


seen: list[tuple[str, str | None]] = []
stop = threading.Event()


@pytest.fixture
def pages():
    seen.clear()
    stop.clear()
    with pages_server() as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def pages_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_goroutine_dump_of_gos_endpoint_is_fetched_and_loads(pages, tmp_path):
    done = run(tmp_path, "pull", f"{pages}/debug/pprof/goroutine?debug=1", "-o", "g.txt")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "g.txt").read_bytes() == GO_GOROUTINES
    assert hf.load(tmp_path / "g.txt").origin.format in done.stdout


def test_metrics_are_fetched_and_load(pages, tmp_path):
    path = pull(f"{pages}/metrics", tmp_path / "m.prom")
    assert hf.load(path).peak_rss_bytes == 9_000_000


def test_our_own_endpoint_is_fetched_with_a_token_from_a_file(tmp_path, monkeypatch):
    monkeypatch.delenv("FORENSICS_TOKEN", raising=False)
    (tmp_path / "token").write_text(TOKEN)
    with serving(wsgi(enabled=True, token=TOKEN)) as port:
        url = f"http://127.0.0.1:{port}/debug/memory"
        with pytest.raises(hf.ForensicsError, match="only loopback or the right token"):
            pull(url, tmp_path / "a.json")
        path = pull(url, tmp_path / "b.json", token_file=tmp_path / "token")
    capture = hf.load(path)
    assert capture.origin.format == "census"
    assert capture.summaries["live"].blocks > 100
    assert not (tmp_path / "a.json").exists()


def test_a_redirect_is_followed_on_the_same_host_only(pages, tmp_path):
    assert pull(f"{pages}/moved", tmp_path / "g.txt").read_bytes() == GO_GOROUTINES
    for page, said in (("away", "another place"), ("loop", "redirects more than 3 times")):
        with pytest.raises(hf.ForensicsError, match=said):
            pull(f"{pages}/{page}", tmp_path / "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.txt"]


@pytest.mark.parametrize(
    ("page", "limits", "said"),
    [
        ("big", {"max_bytes": 1000}, "more than 1000 bytes"),
        ("slow", {"timeout_seconds": 0.5}, "took too long"),
        ("short", {}, "ended after 9 of 5000 bytes|ended early"),
        ("nothing", {}, "has no such page"),
    ],
)
def test_too_much_too_slow_or_cut_leaves_no_file(pages, tmp_path, page, limits, said):
    with pytest.raises(hf.ForensicsError, match=said):
        pull(f"{pages}/{page}", tmp_path / "x", **limits)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_kept_without_force(pages, tmp_path):
    (tmp_path / "m").write_text("mine")
    with pytest.raises(hf.ForensicsError, match="exists already"):
        pull(f"{pages}/metrics", tmp_path / "m")
    assert (tmp_path / "m").read_text() == "mine"
    assert pull(f"{pages}/metrics", tmp_path / "m", force=True).read_bytes() == METRICS


@pytest.mark.parametrize("url", ["http://user:hunter2@127.0.0.1/heap", "http://127.0.0.1/heap?token=hunter2"])
def test_a_secret_in_a_url_is_refused_and_not_repeated(tmp_path, url):
    done = run(tmp_path, "pull", url)
    assert done.returncode == 2
    assert "a URL ends up in logs" in done.stderr
    assert "hunter2" not in done.stderr


def test_the_token_goes_into_the_header_and_into_no_error(pages, tmp_path, monkeypatch):
    monkeypatch.setenv("FORENSICS_TOKEN", TOKEN)
    with pytest.raises(hf.ForensicsError) as caught:
        pull(f"{pages}/nothing", tmp_path / "x")
    assert seen == [("/nothing", f"Bearer {TOKEN}")]
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost:80/heap", "http://", "http://h:99999/"])
def test_what_is_no_web_address_is_refused(tmp_path, url):
    with pytest.raises(hf.ForensicsError, match="no URL"):
        pull(url, tmp_path / "x")


def test_nobody_there_is_one_line(tmp_path):
    done = run(tmp_path, "pull", "http://127.0.0.1:9/heap")
    assert (done.returncode, done.stderr) == (3, "forensics: http://127.0.0.1:9/heap: connection refused\n")


def test_the_default_name_is_made_of_host_and_path():
    names = {
        "http://localhost:6060/debug/pprof/heap": "localhost-6060-heap.pb.gz",
        "http://localhost:6060/debug/pprof/goroutine?debug=2": "localhost-6060-goroutine.txt",
        "https://svc.example/metrics": "svc.example-metrics.prom",
        "http://127.0.0.1:8000/debug/memory/": "127.0.0.1-8000-memory.json",
    }
    assert {url: default_name(urlsplit(url)) for url in names} == names
