# What a fresh clone needs: `make demo` writes the brief of the example pool, `make test` checks everything.
# Both set up .venv, and install again whenever pyproject.toml has changed.
PYTHON ?= python3
VENV := .venv

.PHONY: demo test

demo: $(VENV)/installed
	$(VENV)/bin/sayso brief examples/pool

test: $(VENV)/installed-for-tests
	$(VENV)/bin/pytest

# pip before 23.3, which Python 3.11 may bring along, stumbles over the extra of lxml that the extractors ask for.
$(VENV)/bin/python:
	$(PYTHON) -m venv --upgrade-deps $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-for-tests: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ $(VENV)/installed
