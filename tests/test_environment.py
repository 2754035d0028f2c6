"""environment.yml says what pyproject.toml says; parsed offline, no solver needed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from rattler import MatchSpec

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
REQUIREMENTS = [Requirement(line) for line in PROJECT["dependencies"]]
CONDA_NAME = {"isal": "python-isal"}
SPECS = [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)]


@pytest.mark.parametrize("spec", SPECS)
def test_every_line_is_a_valid_match_spec(spec: str) -> None:
    assert MatchSpec(spec, strict=True).name is not None


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda r: r.name)
def test_every_dependency_is_there_with_the_same_range(requirement: Requirement) -> None:
    wanted = f"{CONDA_NAME.get(requirement.name, requirement.name)}{requirement.specifier}"
    assert wanted in SPECS


def test_nothing_else_is_there() -> None:
    known = {CONDA_NAME.get(r.name, r.name) for r in REQUIREMENTS}
    assert {MatchSpec(spec).name.normalized for spec in SPECS} - known == {"python", "pip"}


def test_the_pinned_python_is_one_that_the_package_supports() -> None:
    (python,) = (spec for spec in SPECS if spec.startswith("python="))
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.removeprefix("python=") + ".0")


def test_the_channels_are_conda_forge_alone() -> None:
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    assert {"pip": ["-e ."]} in ENVIRONMENT["dependencies"]
