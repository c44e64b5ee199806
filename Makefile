# make run    opens a practice office       make test   format, lint, types, layers, tests
# make soak   the long form of the proofs   make bench  Loket beside others
# make help   the rest
#
# Needs Python 3.11 or newer with its venv module, and nothing else. PYTHON=/path/to/python3.12 chooses one.

VENV := .venv
BIN := $(VENV)/bin
# More than cores: much of a test is waiting, for a disk, a terminal or the other side.
JOBS ?= 4

# The first of these that starts and is new enough: a name on the PATH may be an older Python, or a shim without one.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --use-pep517 -c constraints.txt
BABEL := $(BIN)/pybabel
LOCALE := tui/locale

# Without compiled files each of a thousand starts in the tests reads all sources again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test lint soak bench translations docs screenshots wheel clean

help:
	@sed -n '/^# make/s/^# //p' Makefile
	@echo 'make lint   format, lint, types, layers only'
	@echo 'make translations   takes new sentences into $(LOCALE) and compiles it'
	@echo 'make docs   writes the tables of keys into the pages'
	@echo 'make screenshots   takes the pictures of the screens for the pages'
	@echo 'make wheel  builds dist/loket-*.whl for pipx'
	@echo 'make clean  removes what these commands made, not the practice office'

run: $(VENV)/.run
	@$(BIN)/loket --home .practice demo --keep

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: lint
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup

soak: $(VENV)/.dev
	@$(BIN)/pytest -m soak

bench: $(VENV)/.bench
	@$(BIN)/python -m bench

translations: $(VENV)/.dev
	@pot=$$(mktemp); trap 'rm -f "$$pot"' EXIT; \
	$(BABEL) --quiet extract --no-location --sort-output --omit-header -o "$$pot" tui && \
	$(BABEL) --quiet update --width 100 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -D loket -i "$$pot" -d $(LOCALE) && \
	$(BABEL) --quiet compile -D loket -d $(LOCALE)

docs: $(VENV)/.dev
	@$(BIN)/python -m docs.keys

screenshots: $(VENV)/.dev
	@$(BIN)/python -m docs.screens.make

wheel: $(VENV)/.dev
	@$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# A half-made environment (no venv module, no disk) is taken away again, or the next call would take it for whole.
$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Loket needs Python 3.11 or newer: install it, or name one with PYTHON=…' >&2; exit 1; }
	@echo 'Setting up, once; this takes about a minute.'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) -e '.[dev,bench]'
	@touch $@ $(VENV)/.dev $(VENV)/.run
