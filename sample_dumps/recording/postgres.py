"""A PostgreSQL server of its own, in a folder of its own, on a unix socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``, None where PostgreSQL is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def server() -> Iterator[str]:
    """Start it, give the URL that SQLAlchemy connects to, stop it and remove its folder."""
    folder = Path(tempfile.mkdtemp(prefix="incident-postgres-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)
        _call("initdb", "-D", f"{folder}/data", "-U", USER, "--auth=trust", "--no-sync")
        settings = f"-k {folder} -c listen_addresses='' -c max_connections=100 -c fsync=off"
        _call("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            _call("pg_ctl", "-D", f"{folder}/data", "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _call(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as its own user where we are root (it refuses root)."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups"] if os.getuid() == 0 else []
    subprocess.run([*as_user, str(folder / program), *arguments], check=True, stdout=subprocess.DEVNULL)
