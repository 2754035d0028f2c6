"""The debug endpoint: who is answered, with what, at which cost; over real servers on loopback."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import shutil
import subprocess
import sys
import threading
import tracemalloc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

import forensics as hf
from forensics.endpoint import asgi, wsgi
from forensics.endpoint.answers import Caps

TOKEN = "correct-horse-battery"


def service(environment, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"service"]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def serving(application):
    """The port of a threaded server with this WSGI application."""
    server = make_server("127.0.0.1", 0, application, Server, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get(port, path, **headers):
    """Status and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.fixture
def tracing():
    tracemalloc.start(5)
    yield
    tracemalloc.stop()


def test_it_is_off_unless_switched_on(monkeypatch):
    monkeypatch.delenv("FORENSICS_ENDPOINT", raising=False)
    with serving(wsgi(service)) as port:
        assert get(port, "/debug/memory") == (200, b"service")
    with serving(wsgi()) as port:
        assert get(port, "/debug/memory")[0] == 404
    monkeypatch.setenv("FORENSICS_ENDPOINT", "on")
    with serving(wsgi(service)) as port:
        assert json.loads(get(port, "/debug/memory")[1])["schema"] == "forensics/live/1"
        assert get(port, "/other") == (200, b"service")


def test_memory_tells_the_process_its_objects_and_its_pools():
    class Kept:
        pass

    kept = [Kept() for _ in range(1234)]
    executor = ThreadPoolExecutor(max_workers=7)
    executor.submit(len, kept).result()
    with serving(wsgi(enabled=True)) as port:
        status, body = get(port, "/debug/memory")
    executor.shutdown()
    told = json.loads(body)
    assert status == 200
    assert told["rss_bytes"] > 1 << 20
    assert told["threads"] >= 2
    assert told["sockets"] >= 1
    assert told["census"]["objects"] > 1234
    pools = {pool["type"]: pool for pool in told["pools"]}
    row = pools["concurrent.futures.thread.ThreadPoolExecutor"]
    assert (row["in_use"], row["idle"], row["limit"]) == (0, 1, 7)


def test_the_census_stops_at_its_cap_and_says_so():
    with serving(wsgi(enabled=True, caps=Caps(census_seconds=0.0))) as port:
        told = json.loads(get(port, "/debug/memory")[1])["census"]
    assert told["cut_because"] == "stopped after 0.0 s"
    assert 0 < told["looked_at"] < told["objects"]


def test_without_a_token_only_a_local_client_that_no_proxy_sends_is_answered():
    application = wsgi(service, enabled=True, share=1)

    def status(peer, **headers):
        seen = []
        environment = {"REQUEST_METHOD": "GET", "PATH_INFO": "/debug/memory", "REMOTE_ADDR": peer, **headers}
        application({**environment, "QUERY_STRING": "census=0"}, lambda line, _headers: seen.append(line[:3]))
        return seen[0]

    assert status("127.0.0.1", HTTP_HOST="localhost:8000") == "200"
    assert status("::1", HTTP_HOST="[::1]:8000") == "200"
    assert status("10.0.0.7", HTTP_HOST="localhost") == "403"
    assert status("", HTTP_HOST="localhost") == "403"
    assert status("127.0.0.1", HTTP_HOST="evil.example") == "403"
    assert status("127.0.0.1", HTTP_X_FORWARDED_FOR="10.0.0.7") == "403"


def test_with_a_token_only_who_has_it_is_answered_and_never_in_a_url(tmp_path):
    (tmp_path / "token").write_text(TOKEN + "\n")
    with serving(wsgi(service, enabled=True, token_file=tmp_path / "token")) as port:
        assert get(port, "/debug/memory?census=0", Authorization=f"Bearer {TOKEN}")[0] == 200
        assert get(port, "/debug/memory", Authorization="Bearer wrong")[0] == 403
        assert get(port, "/debug/memory")[0] == 403
        status, body = get(port, f"/debug/memory?token={TOKEN}", Authorization=f"Bearer {TOKEN}")
        assert status == 400
        assert TOKEN.encode() not in body


def test_a_short_token_is_wrong_usage():
    with pytest.raises(hf.ForensicsError, match="fewer than 16 characters"):
        wsgi(service, enabled=True, token="secret")


def test_heap_is_a_pprof_profile_of_what_tracemalloc_traces(tracing, tmp_path):
    held = [bytes(100_000) for _ in range(20)]
    with serving(wsgi(enabled=True)) as port:
        status, body = get(port, "/debug/pprof/heap")
    assert status == 200
    assert b"inuse_space" in gzip.decompress(body)
    (tmp_path / "heap.pb.gz").write_bytes(body)
    tracemalloc.stop()
    profile = hf.load(tmp_path / "heap.pb.gz").profile()
    ours = profile.frames["file"] == __file__
    assert ours.any()
    assert profile.total_bytes > len(held) * 100_000


@pytest.mark.skipif(shutil.which("go") is None, reason="needs the go command")
def test_go_tool_pprof_opens_it(tracing, tmp_path):
    held = bytes(5_000_000)
    with serving(wsgi(enabled=True)) as port:
        (tmp_path / "heap.pb.gz").write_bytes(get(port, "/debug/pprof/allocs")[1])
    done = subprocess.run(
        ["go", "tool", "pprof", "-top", "heap.pb.gz"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Type: inuse_space" in done.stdout
    assert "test_endpoint.py:" in done.stdout
    assert len(held) == 5_000_000


def test_a_snapshot_is_the_standard_librarys_file(tracing, tmp_path):
    held = bytes(3_000_000)
    with serving(wsgi(enabled=True)) as port:
        (tmp_path / "s").write_bytes(get(port, "/debug/memory/snapshot")[1])
    traces = tracemalloc.Snapshot.load(str(tmp_path / "s")).traces
    assert max(trace.size for trace in traces) >= len(held)


def test_without_tracing_or_over_its_cap_a_heap_is_refused(tracing):
    with serving(wsgi(enabled=True, share=1, caps=Caps(snapshot_bytes=10))) as port:
        status, body = get(port, "/debug/pprof/heap")
        assert (status, b"more than is allowed" in body) == (503, True)
        tracemalloc.stop()
        status, body = get(port, "/debug/memory/snapshot")
        assert (status, b"PYTHONTRACEMALLOC" in body) == (503, True)


def test_of_fifty_parallel_requests_one_is_answered_and_the_others_refused_while_the_service_goes_on():
    ballast = [[] for _ in range(300_000)]
    with serving(wsgi(service, enabled=True)) as port, ThreadPoolExecutor(50) as clients:
        asked = [clients.submit(get, port, "/debug/memory") for _ in range(50)]
        assert get(port, "/work") == (200, b"service")
        statuses = Counter(answer.result()[0] for answer in asked)
    assert set(statuses) <= {200, 429}
    assert 1 <= statuses[200] <= 5
    assert len(ballast) == 300_000


def ask_asgi(application, path, *, client=("127.0.0.1", 5), root="", headers=()):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "root_path": root,
        "query_string": b"census=0",
        "client": client,
        "headers": [(b"host", b"localhost"), *headers],
    }

    async def receive():
        return {"type": "http.request"}

    asyncio.run(application(scope, receive, send))
    return sent[0]["status"], sent[1].get("body", b"")


async def asgi_service(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"service"})


def test_asgi_answers_passes_on_and_refuses_alike():
    application = asgi(asgi_service, enabled=True)
    assert json.loads(ask_asgi(application, "/debug/memory")[1])["schema"] == "forensics/live/1"
    assert ask_asgi(application, "/work") == (200, b"service")
    assert ask_asgi(application, "/debug/memory", client=("10.1.1.1", 5))[0] == 403
    assert ask_asgi(application, "/debug/memory", client=None)[0] == 403
    assert ask_asgi(asgi(enabled=True), "/memory", root="/debug")[0] == 200
    assert ask_asgi(asgi(enabled=False), "/debug/memory")[0] == 404


def test_flask_takes_it_in_one_line():
    flask = pytest.importorskip("flask", reason="needs flask")
    app = flask.Flask("application")
    app.wsgi_app = wsgi(app.wsgi_app, enabled=True)
    answer = app.test_client().get("/debug/memory?census=0")
    assert answer.status_code == 200
    assert app.test_client().get("/nothing").status_code == 404


def test_starlette_mounts_it_in_one_line():
    applications = pytest.importorskip("starlette.applications", reason="needs starlette")
    app = applications.Starlette()
    app.mount("/debug", asgi(enabled=True))
    assert ask_asgi(app, "/debug/memory")[0] == 200


def test_django_takes_it_in_one_line():
    django = pytest.importorskip("django", reason="needs django")
    text = (
        "from django.conf import settings\n"
        "settings.configure(ROOT_URLCONF='json', ALLOWED_HOSTS=['*'])\n"
        "import django; django.setup()\n"
        "from django.core.wsgi import get_wsgi_application\n"
        "from forensics.endpoint import wsgi\n"
        "application = wsgi(get_wsgi_application(), enabled=True)\n"
        "environment = {'REQUEST_METHOD': 'GET', 'PATH_INFO': '/debug/memory', 'REMOTE_ADDR': '127.0.0.1',"
        " 'QUERY_STRING': 'census=0'}\n"
        "application(environment, lambda status, headers: print(status))\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("200 OK\n", ""), django.__version__


def test_the_service_loads_nothing_heavy_for_it():
    text = (
        "import forensics.endpoint, sys;"
        "print([name for name in ('numpy', 'pandas', 'numba', 'plotly', 'memray') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", text], capture_output=True, text=True).stdout == "[]\n"
