# Everything a newcomer needs: `make demo`, `make test`. Each sets up .venv by itself, once.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(firstword $(foreach v,3.13 3.12 3.11 3.14 3,$(shell python$(v) -c 'import sys, venv, ensurepip; sys.version_info >= (3, 11) and print("python$(v)")' 2>/dev/null)))
DUMP ?= sample_dumps/incidents/eager_model/before/startup.bin
LIMIT ?= 512MiB
WORKERS ?= 2
RECORDER ?= $(BIN)/python
APPLICATION ?= $(RECORDER)

.PHONY: help demo test test-long check lint lab bench fuzz corpus dumps clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "no Python >= 3.11 with venv found; set PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m forensics.warm
	@touch $@

demo: $(READY) ## diagnosis of a real capture, in the terminal and as build/demo.html (DUMP=, LIMIT=)
	@mkdir -p build
	$(BIN)/forensics diagnose "$(DUMP)" --limit "$(LIMIT)"
	$(BIN)/forensics report "$(DUMP)" --limit "$(LIMIT)" --force -o build/demo.ipynb -o build/demo.html
	@echo "Open build/demo.html in a browser, or build/demo.ipynb with make lab."

test: $(READY) ## the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-long: $(READY) ## the suite and its longer runs
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "slow or not slow"

lint: $(READY) ## format, lint, types and the import rule
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

check: lint test ## exactly what CI runs

lab: $(READY) ## JupyterLab on notebooks/
	$(BIN)/jupyter lab --notebook-dir notebooks

bench: $(READY) ## speed and memory against the named peers, as ratios from one run
	$(BIN)/python -m benchmarks

fuzz: $(READY) ## the long mutation run over every reader
	$(BIN)/python -m tests.fuzz

corpus: $(READY) ## precision and recall of the causes on the labelled corpus
	$(BIN)/python -m tests.corpus

dumps: $(READY) ## record the incidents again: sample_dumps/README.md (RECORDER=, APPLICATION=)
	$(RECORDER) sample_dumps/record_all.py --python $(APPLICATION)

clean: ## remove what make made
	rm -rf build $(VENV)
