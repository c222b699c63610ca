# The two commands that matter: make run, make test. `make` alone lists all of them.

.DEFAULT_GOAL := help
.PHONY: help env env-dev run test check bench lock clean

# The first Python that is new enough; `make env PYTHON=...` names another one.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
IN_VENV := .venv/bin/python
PORT ?= 8000

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s  %s\n", $$1, $$2 }' Makefile

env: needs-python  ## make .venv with what the program needs, from hash-checked files
	@$(PYTHON) scripts/env.py

env-dev: needs-python  ## the same with all tools that lint and test
	@$(PYTHON) scripts/env.py --dev

run: env  ## start the program with invented data: http://localhost:8000, or PORT=...
	.venv/bin/certbody serve --demo --data data --port $(PORT)

test: env-dev  ## everything CI runs, browser included
	@$(IN_VENV) scripts/steps.py test

check: env-dev  ## the fast part of it, for every save
	@$(IN_VENV) scripts/steps.py check

bench: env-dev  ## measure: compares within one run, never against the clock
	@$(IN_VENV) bench/run.py
	@$(IN_VENV) bench/pages.py

lock: needs-python  ## renew requirements*.txt from pyproject.toml; UPGRADE=1 takes newer versions
	@$(PYTHON) scripts/lock.py $(if $(UPGRADE),--upgrade)

clean:  ## remove .venv and caches, never data
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: needs-python
needs-python:
	@test -n "$(PYTHON)" || { printf '%s\n' \
		'Python 3.11 or later was not found. On Debian or Ubuntu:' '' \
		'    apt-get update && apt-get install -y python3 python3-venv' '' >&2; exit 1; }
