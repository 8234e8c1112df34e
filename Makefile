# Second Story: every command. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run dev demo test test-backend test-unit test-integration test-contract test-frontend test-e2e \
	chaos check fmt lint types openapi lock bench clean

PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
NPM := npm --prefix frontend
# Fresh stamps mean "installed from these very lock files".
STAMPS := .venv/.stamps

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

# ---- set-up -------------------------------------------------------------------------------------

$(UV): backend/requirements-bootstrap.lock
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(STAMPS)/runtime: $(UV) backend/requirements.lock backend/pyproject.toml
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r backend/requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -e backend
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: $(STAMPS)/runtime backend/requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r backend/requirements-dev.lock
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)
frontend/dist/index.html: frontend/node_modules/.package-lock.json $(PAGE_SOURCES)
	$(NPM) run --silent build
	@touch $@

setup: $(STAMPS)/dev frontend/node_modules/.package-lock.json ## Install everything for development (inside this folder only)

# ---- run ----------------------------------------------------------------------------------------

run: $(STAMPS)/runtime frontend/dist/index.html ## Install, build and serve Second Story with its own PostgreSQL
	@exec $(BIN)/secondstory serve

dev: setup ## API with reload on :8000, page with hot reload on :5173
	@trap 'kill 0' EXIT; $(BIN)/secondstory serve --reload & $(NPM) run dev & wait

demo: $(STAMPS)/runtime ## Load the example incident into the database in use
	@$(BIN)/secondstory demo

# ---- quality ------------------------------------------------------------------------------------

test: setup test-backend test-frontend test-e2e ## Every test there is

PYTEST := cd backend && ../$(BIN)/python -m pytest

test-backend: setup ## All backend tests, with the coverage they must reach
	$(PYTEST) -n 2 --dist loadgroup --cov --cov-report=term

test-unit: $(STAMPS)/dev ## Backend tests without any I/O
	$(PYTEST) tests/unit -n 2

test-integration: setup ## Backend tests on the embedded PostgreSQL
	$(PYTEST) tests/integration -n 2

test-contract: $(STAMPS)/dev ## The API against its own specification (schemathesis)
	$(PYTEST) tests/contract

ROUNDS ?= 100
STORM ?= 10000
chaos: setup ## Kill server and database under people who type and alerts that stream in, ROUNDS=100 times; a storm of alerts
	export ROUNDS=$(ROUNDS) STORM=$(STORM) && $(PYTEST) tests/chaos/test_killed.py tests/chaos/test_alerts_killed.py tests/chaos/test_alert_storm.py

test-frontend: frontend/node_modules/.package-lock.json ## Page unit tests and bundle budgets
	$(NPM) run --silent test

test-e2e: setup frontend/dist/index.html ## Two people in a real browser
	$(NPM) run --silent e2e

check: setup ## Formatting, lint, import rules, types, drift of generated files
	cd backend && ../$(BIN)/ruff format --check . ../bench && ../$(BIN)/ruff check . ../bench && ../$(BIN)/lint-imports && ../$(BIN)/mypy
	$(NPM) run --silent lint
	$(NPM) run --silent types
	$(MAKE) --no-print-directory openapi
	git diff --exit-code -- openapi frontend/src/api docs/alert-senders.md
	$(NPM) run --silent build
	$(NPM) run --silent bundle

fmt: setup ## Format everything
	cd backend && ../$(BIN)/ruff format . ../bench && ../$(BIN)/ruff check --fix . ../bench
	$(NPM) run --silent format

lint: setup ## Lint both sides, import rules included
	cd backend && ../$(BIN)/ruff check . ../bench && ../$(BIN)/lint-imports
	$(NPM) run --silent lint

types: setup ## Type-check both sides
	cd backend && ../$(BIN)/mypy
	$(NPM) run --silent types

openapi: setup ## Write openapi/openapi.json, the TypeScript types and docs/alert-senders.md from the code
	$(BIN)/secondstory openapi > openapi/openapi.json.new && mv openapi/openapi.json.new openapi/openapi.json
	$(NPM) run --silent api
	$(BIN)/secondstory senders > docs/alert-senders.md.new && mv docs/alert-senders.md.new docs/alert-senders.md

lock: $(UV) ## Resolve Python dependencies again into the hash-locked files
	cd backend && for f in requirements-bootstrap.in:requirements-bootstrap.lock pyproject.toml:requirements.lock; do \
		../$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate $${f%%:*} -o $${f##*:}; done
	cd backend && ../$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		pyproject.toml --group dev -o requirements-dev.lock

bench/node_modules/.package-lock.json: bench/package-lock.json
	npm --prefix bench ci --no-audit --no-fund --loglevel=error
	@touch $@

bench/collaboration/node_modules/.package-lock.json: bench/collaboration/package-lock.json
	npm --prefix bench/collaboration ci --no-audit --no-fund --loglevel=error
	@touch $@

bench: setup bench/node_modules/.package-lock.json bench/collaboration/node_modules/.package-lock.json ## Measure against the limits, in one run, as a table of ratios
	$(BIN)/python -m bench

clean: ## Remove what was installed and built (data stays)
	rm -rf .venv .tools frontend/node_modules frontend/dist bench/node_modules bench/collaboration/node_modules backend/.mypy_cache backend/.ruff_cache backend/.pytest_cache
