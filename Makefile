# `make help` says what there is. Everything runs in .venv, which is made on first use; PYTHON names another Python.

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?=
export PYTHON
export NODE_USE_SYSTEM_CA := 1
# What is built into the package: style sheets, scripts, compiled messages.
SOURCES := $(shell find web src -path web/node_modules -prune -o -name '*.po' -print -o -path 'web/*' -type f -print)

.PHONY: help demo test check lint types templates house migrations messages-check documents deploy-check messages lock shots look bench-minutes clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 18

demo: $(VENV)/demo.stamp $(VENV)/built.stamp  ## start Sushui with its sample county; Ctrl-C stops it, the data stay
	@$(PY) -m sushui.cli demo

test: $(VENV)/dev.stamp $(VENV)/built.stamp  ## run every test, those in a real browser included
	@SUSHUI_CHROMIUM=$$(tools/find_browser.sh) $(PY) -m pytest -n auto $(PYTEST_ARGS)

check: lint types templates house migrations messages-check documents deploy-check  ## run every gate

lint: $(VENV)/dev.stamp
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check

types: $(VENV)/dev.stamp
	@$(PY) -m mypy

templates: $(VENV)/dev.stamp
	@$(PY) -m djlint --quiet --lint src

house: $(VENV)/dev.stamp
	@$(VENV)/bin/lint-imports --no-cache
	@$(PY) tools/house_numbers.py

migrations: $(VENV)/dev.stamp
	@$(PY) -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --settings tests.settings --pythonpath .

messages-check: $(VENV)/dev.stamp
	@$(PY) tools/messages.py check
	@$(PY) tools/punctuation.py check

documents: $(VENV)/dev.stamp
	@$(PY) tools/check_docs.py

deploy-check: $(VENV)/dev.stamp  # as a county would run it: HTTPS, its own host name
	@SUSHUI_HTTPS=yes SUSHUI_HOSTS=sushui.example.gov.cn SUSHUI_DATA=$(VENV)/deploy-check \
		$(PY) -m django check --deploy --fail-level WARNING --settings sushui.config.settings

messages: $(VENV)/dev.stamp  ## collect new messages into the rooms' catalogs and compile them
	@$(PY) tools/messages.py extract
	@$(PY) tools/messages.py compile

shots: $(VENV)/dev.stamp $(VENV)/built.stamp  ## take the screenshots of the browser tests into tests/screenshots
	@SUSHUI_CHROMIUM=$$(tools/find_browser.sh) $(PY) -m pytest -m browser $(PYTEST_ARGS)

COMPILE := uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock" $(UPGRADE)
lock:  ## resolve the locks anew (needs uv); UPGRADE=--upgrade takes the newest releases
	@$(COMPILE) pyproject.toml --group build --group dev --no-annotate --output-file requirements-dev.lock
	@$(COMPILE) pyproject.toml --group build --constraint requirements-dev.lock --output-file requirements.lock
	@$(COMPILE) --group node --output-file requirements-node.lock

SITE ?= http://127.0.0.1:8000
PICTURES ?= $(VENV)/pictures
look: $(VENV)/dev.stamp  ## walk every page of the running demo as every account; SITE and PICTURES say where
	@SUSHUI_CHROMIUM=$$(tools/find_browser.sh) $(PY) tools/look_around.py $(SITE) --to $(PICTURES)

bench-minutes: $(VENV)/dev.stamp  ## how well minutes are read: the gold set, both halves
	@$(PY) -m benchmarks.minutes $(BENCH_ARGS)

clean:  ## remove the environment and what was built; the data in .sushui stay
	rm -rf $(VENV) src/sushui/kernel/static/sushui/built web/node_modules

$(VENV)/demo.stamp: requirements.lock requirements-node.lock pyproject.toml tools/bootstrap.sh
	@tools/bootstrap.sh requirements.lock
	@touch $@ $(VENV)/built.stamp

$(VENV)/dev.stamp: requirements-dev.lock requirements-node.lock pyproject.toml tools/bootstrap.sh
	@tools/bootstrap.sh requirements-dev.lock
	@touch $@ $(VENV)/demo.stamp $(VENV)/built.stamp

$(VENV)/built.stamp: $(SOURCES)
	@$(PY) tools/build_assets.py
	@$(PY) tools/messages.py compile
	@touch $@
