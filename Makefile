# Needs make and Python 3.10 or later; everything else goes into .venv. `make` alone lists the targets.
# Another interpreter: make clean test PYTHON=python3.12

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.10 python; do \
	if $$name -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then echo $$name; break; fi; done)

.PHONY: help demo test lint model results bench readme notebooks pictures wheel clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

demo: $(VENV)/.demo  ## print the deal table of the sample filing
	@$(BIN)/dealterms extract --format table tests/data/sample-8k.txt

test: $(VENV)/.dev  ## run the test suite, then the linters
	$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory lint

lint: $(VENV)/.dev  ## check style, import contracts and types
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

model: $(VENV)/.dev  ## rebuild the shipped model from training/data
	$(BIN)/python -m dealterms_training build

results: $(VENV)/.dev  ## measure accuracy anew and write training/RESULTS.md
	$(BIN)/python -m dealterms_training results

bench: $(VENV)/.dev  ## measure speed and memory anew and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks $(BENCH)

readme: $(VENV)/.dev  ## refresh the output shown in README.md
	$(BIN)/python tests/test_docs.py

notebooks: $(VENV)/.dev  ## run the notebooks and write what they show
	$(BIN)/python tests/test_notebooks.py

pictures: $(VENV)/.dev  ## make the pictures of README.md anew (needs Chromium)
	$(BIN)/python -m tests.report.pictures

wheel: $(VENV)/.made  ## build the wheel into dist/
	$(PIP) wheel --no-deps --wheel-dir dist .

clean:  ## remove .venv, dist and caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say what .venv holds; pyproject.toml, when it changes, has it installed again.

$(VENV)/.made:
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null && "$(PYTHON)" -m venv --clear $(VENV) || \
		{ echo "no Python 3.10 or later that can make virtual environments: install one (Debian and Ubuntu: apt-get install" \
		"python3-venv), or say which to use: make PYTHON=/path/to/python3" >&2; exit 1; }
	@touch $@

$(VENV)/.demo: pyproject.toml | $(VENV)/.made
	@echo "installing dealterms into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.made
	@echo "installing dealterms and the tools of its developers into $(VENV)"
	@$(PIP) install --editable '.[dev]'
	@touch $(VENV)/.demo $@
