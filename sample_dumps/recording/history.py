"""The application of an incident as a git repository: one commit a stage, always the same ids."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from recording.plan import Plan

AUTHOR = "Sample Author"
BUNDLE = "repository.bundle"
CODE = (".py", ".txt", ".toml", ".cfg")


def build(plan: Plan, folder: Path) -> dict[str, str]:
    """Write the repository to ``folder`` and its bundle into the incident; stage to commit id.

    Author, dates and messages are fixed, so the ids depend on the code alone. An existing ``folder``
    is replaced if it is such a repository, and refused otherwise.
    """
    _clear(folder)
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "config", "core.autocrlf", "false")
    ids: dict[str, str] = {}
    for commit in plan.commits:
        if commit.follows:
            _git(folder, "checkout", "--quiet", "-b", commit.stage, ids[commit.follows])
        _replace_code(plan.folder / commit.stage, folder)
        _git(folder, "add", "--all")
        _git(folder, "commit", "--quiet", "--allow-empty", "-m", commit.message, date=commit.date)
        ids[commit.stage] = _git(folder, "rev-parse", "HEAD").strip()
        if commit.follows:
            _git(folder, "checkout", "--quiet", "main")
    write_bundle(folder, plan.folder / BUNDLE)
    return ids


def check_out(folder: Path, commit: str) -> None:
    """Leave exactly this commit in ``folder``."""
    _git(folder, "checkout", "--quiet", "--force", commit)
    _git(folder, "clean", "--quiet", "-fdx")


def write_bundle(folder: Path, bundle: Path) -> None:
    """Write the bundle, unless the one that is there has the same branches."""
    branches = _git(folder, "show-ref", "--head", "--heads").splitlines()
    if bundle.exists() and sorted(branches) == sorted(_heads(folder, bundle)):
        return
    _git(folder, "bundle", "create", "--quiet", str(bundle), "HEAD", "--branches")


def _heads(folder: Path, bundle: Path) -> list[str]:
    return _git(folder, "bundle", "list-heads", str(bundle)).splitlines()


def _clear(folder: Path) -> None:
    if folder.exists():
        if any(folder.iterdir()) and not (folder / ".git").is_dir():
            raise SystemExit(f"{folder} exists and is no repository of an earlier run: name another --app")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _replace_code(stage: Path, folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    for path in sorted(stage.iterdir()):
        if path.suffix in CODE:
            shutil.copy(path, folder)


def _git(folder: Path, *arguments: str, date: str = "2026-01-01T00:00:00Z") -> str:
    identity = {
        **{f"GIT_{role}_NAME": AUTHOR for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_EMAIL": "author@service.example" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_DATE": date for role in ("AUTHOR", "COMMITTER")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | identity, check=True, capture_output=True, text=True
    )
    return done.stdout
