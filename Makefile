# Deskbell. `make help` lists everything.

SHELL := /bin/bash
.DEFAULT_GOAL := help
TOOLS := .tools
UV := $(shell command -v uv 2>/dev/null || echo $(TOOLS)/bin/uv)
RUN := $(UV) run --frozen --all-extras
# Every package of the lock file, before any target that runs our code.
READY := .venv/.ready
# What some tests are proved against, where there is a node.
NPM := .cache/npm/.ready
LOCKS := $(wildcard tests/*/*/package-lock.json tests/*/*/*/package-lock.json)
PYTEST := $(RUN) pytest
# Two more than the two cores it is meant for: one worker mostly waits for calls in real time, and
# the others for servers now and then.
WORKERS ?= 4
# How the tests of promises went; the wheel carries it.
PROMISES := deskbell/promise_results.json
# Compiled modules are kept whatever the shell says: the tests start some hundred processes, and
# each would compile all of our code again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}'

.PHONY: demo
demo: $(READY)  ## Set everything up, answer a real recorded call, show what came of it
	@$(RUN) deskbell demo $(ARGS)

.PHONY: test
test: check unit  ## What CI runs: the static half, then every test but the long ones

.PHONY: unit
unit: $(READY) $(NPM)  ## The tests
	$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not long" --record-promises=$(PROMISES) $(ARGS)

.PHONY: test-long
test-long: $(READY) $(NPM)  ## The tests that take minutes, and the generated ones with far more examples
	$(PYTEST) -m long --record-promises=$(PROMISES) $(ARGS)
	$(PYTEST) -m "hypothesis and not long" --hypothesis-profile=thorough $(ARGS)

.PHONY: check
check: $(READY)  ## Everything that can be checked without running
	@$(MAKE) --no-print-directory --jobs=2 --output-sync types schema imports migrations lint

.PHONY: lint
lint: $(READY)  ## Style
	$(RUN) ruff check .
	$(RUN) ruff format --check .

.PHONY: types
types: $(READY)  ## Types
	$(RUN) mypy

.PHONY: imports
imports: $(READY)  ## Imports point down
	$(RUN) lint-imports

.PHONY: schema
schema: $(READY)  ## The checked-in GraphQL and event schemas are those of the code
	$(RUN) deskbell schema --check

.PHONY: migrations
migrations: $(READY)  ## No model has changed without a migration
	$(RUN) deskbell migrate --check

.PHONY: migrate
migrate: $(READY)  ## Bring the databases up to date
	$(RUN) deskbell migrate

.PHONY: bench
bench: $(READY)  ## Measure: make bench ARGS="voice|graphql|outbox|api --quick --json"
	$(RUN) python -m bench $(ARGS)

.PHONY: format
format: $(READY)  ## Put every file into shape
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

.PHONY: clean
clean:  ## Stop the embedded servers and remove what was built; your data stays
	-@test -x .venv/bin/deskbell && .venv/bin/deskbell stop
	rm -rf .venv .tools .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml uv.lock | $(filter $(TOOLS)/%,$(UV))
	$(UV) sync --frozen --all-extras --quiet --compile-bytecode
	@touch $@

$(NPM): $(LOCKS) | $(READY)
	$(RUN) python -m tests.fakes.npm
	@touch $@

# A machine may have nothing but python3: uv then lives in a folder of this checkout.
$(TOOLS)/bin/uv:
	python3 -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet --disable-pip-version-check uv
