# What a fresh clone needs: `make demo` writes the brief of the example pool, `make test` checks everything.
# Both set up .venv, and install again whenever pyproject.toml has changed. `make web` builds the desk's page anew from
# web/ and needs Node; what it builds is part of the repository, so that nobody else does.
PYTHON ?= python3
VENV := .venv

.PHONY: demo test web

demo: $(VENV)/installed
	$(VENV)/bin/sayso brief examples/pool

test: $(VENV)/installed-for-tests
	$(VENV)/bin/pytest

web:
	npm --prefix web ci --no-audit --no-fund
	npm --prefix web run build

# pip before 23.3, which Python 3.11 may bring along, stumbles over the extra of lxml that the extractors ask for.
$(VENV)/bin/python:
	$(PYTHON) -m venv --upgrade-deps $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-for-tests: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ $(VENV)/installed
