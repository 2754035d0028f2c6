"""What programs of the corpus talk to: a throw-away PostgreSQL server."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def running(services: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Start these services and give what the program's environment has to say about them."""
    with ExitStack() as stack:
        environment: dict[str, str] = {}
        for service in services:
            environment |= stack.enter_context(STARTERS[service]())
        yield environment


@contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    binaries = max(Path("/usr/lib/postgresql").glob("*/bin"))
    directory = tempfile.mkdtemp(dir="/var/tmp")
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    shutil.chown(directory, user)
    port = _free_port()
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    control = [*as_user, str(binaries / "pg_ctl"), "-D", f"{directory}/data", "-w", "-s"]
    subprocess.run(
        [*as_user, str(binaries / "initdb"), "-D", f"{directory}/data", "-A", "trust", "-U", "app"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/var/tmp",
    )
    options = f"-p {port} -k {directory} -c fsync=off -c max_connections=200"
    subprocess.run([*control, "-o", options, "-l", f"{directory}/log", "start"], check=True, cwd="/var/tmp")
    try:
        yield {"DATABASE_URL": f"postgresql+psycopg://app@127.0.0.1:{port}/postgres"}
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd="/var/tmp")
        shutil.rmtree(directory)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


STARTERS = {"postgresql": _postgresql}
