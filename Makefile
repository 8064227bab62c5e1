# `make up` and `make test` install what they need; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help up install test test-all lint format bench chaos clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

up: .venv/.installed ## Run everything on this machine (PORT, STYLESITE_DATA)
	@exec $(RUN) manage.py up

install: .venv/.installed ## Only create .venv

test: .venv/.installed-dev ## Run the tests, but for the slowest
	@$(RUN) -m tests -m "not slow" $(ARGS)

test-all: .venv/.installed-dev ## Run all tests
	@$(RUN) -m tests $(ARGS)

lint: .venv/.installed-dev ## Check everything that a tool can check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	@find templates -name '*.html' | xargs $(BIN)/djhtml --tabwidth 2 --check

format: .venv/.installed-dev ## Fix what a tool can fix
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 || true
	@find templates -name '*.html' | xargs $(BIN)/djhtml --tabwidth 2 || true

bench: .venv/.installed-dev ## Measure; put the results into docs/benchmarks.md
	@$(RUN) -m benchmarks

chaos: .venv/.installed-dev ## Kill, empty and lock whatever can be while renders are painted, and check the results
	@$(RUN) -m benchmarks.chaos $(ARGS)

clean: ## Remove .venv and caches, but no data
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache

# A .venv whose Python has moved or gone away, as after an upgrade of the system, is made anew.
ifneq ($(shell $(RUN) -c 'import pip; print("runs")' 2>/dev/null),runs)
.PHONY: .venv/.installed .venv/.installed-dev
endif

.venv/.installed: stylesite/requirements.txt stylesite/install.py
	@$(PYTHON) stylesite/install.py stylesite/requirements.txt
	@touch $@

.venv/.installed-dev: stylesite/requirements.txt stylesite/requirements-dev.txt stylesite/install.py
	@$(PYTHON) stylesite/install.py stylesite/requirements.txt stylesite/requirements-dev.txt
	@touch .venv/.installed $@
