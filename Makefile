# Everything starts here: `make demo` and `make test` set up what they need by themselves.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: setup demo test lint check eval bench docs screenshots clean
.DELETE_ON_ERROR:

setup: $(STAMP)

# torch and ray are never needed here; the group `dev` holds what checks and tests need.
$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $@

demo: setup
	$(BIN)/onthetable demo

test: setup
	$(BIN)/python -m pytest -n auto

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

eval: setup
	$(BIN)/python -m eval

bench: setup
	$(BIN)/python -m eval.bench

# Every command and snippet in the docs is run, every option and public name must be in the reference.
docs: setup
	$(BIN)/python -m pytest -q tests/test_docs.py

# Needs Chromium.
screenshots: setup
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) out build dist
