# Everything a person does with Theorama, by name. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV ?= .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
PORT ?= 8000
OUT ?= .
QUALITY ?= l
MINUTES ?= 30
SEED ?= 1
SERVICES ?= own
PROCESSES ?= auto
LANES_FAST := not browser and not chaos and not sweep and not attacks and not vllm and not weights and not tuning
export VENV
# The prompt's own text: Make would otherwise swallow the dollar signs in it.
export PROMPT_TEXT := $(value PROMPT)

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

## --- Use it ---

.PHONY: setup
setup: ## Install system packages, the virtual environment and pinned requirements
	@scripts/setup run $(if $(filter local,$(MODEL)),local-model)

.PHONY: run
run: setup ## Set up, then serve the site with its worker on this machine (PORT=8000; MODEL=local: with a small model)
	@export DEBUG=$${DEBUG:-yes}; $(MANAGE) migrate --verbosity 0 && $(MANAGE) demo --quiet && $(if $(MODEL),$(MANAGE) models fetch && )exec $(MANAGE) dev --port $(PORT) $(if $(MODEL),--model $(MODEL))

.PHONY: animate
animate: setup ## Make a video from a sentence: make animate PROMPT="..." OUT=some/dir [QUALITY=l|m|h] [ARGS=--json]
	@$(MANAGE) animate --out "$(OUT)" --quality $(QUALITY) $(ARGS) -- "$$PROMPT_TEXT"

## --- Check it ---

.PHONY: test
test: setup-tests ## Set up, then run the tests on every core (but the lanes of the targets below)
	@$(PY) -m pytest -q -n $(PROCESSES) --dist loadfile -m "$(LANES_FAST) and not alone" $(ARGS)
	$(if $(ARGS),,@$(PY) -m pytest -q -m "$(LANES_FAST) and alone")

.PHONY: test-browser
test-browser: ## Drive the site with a real Chromium
	@scripts/setup browser
	@$(PY) -m pytest -q -m browser $(ARGS)

.PHONY: test-attacks
test-attacks: setup-tests ## Attack the jail, each act beside its control outside
	@$(PY) -m pytest -q -m attacks $(ARGS)

.PHONY: test-sweep
test-sweep: setup-tests ## Play every animation of the library as it is and at its knobs' extremes
	@$(PY) -m pytest -q -m sweep $(ARGS)

.PHONY: test-chaos
test-chaos: setup-tests ## Kill workers, freeze them, deliver messages twice
	@$(PY) -m pytest -q -m chaos $(ARGS)

.PHONY: test-vllm
test-vllm: setup-tests ## Talk to a real vLLM server on the CPU (2 GB; left out, saying why, where it cannot be had)
	@scripts/setup-vllm || { [ $$? -eq 3 ]; exit $$?; }; $(PY) -m pytest -q -m vllm $(ARGS)

.PHONY: test-tuning
test-tuning: setup-tests ## Train, kill, resume, export and serve a tiny adapter on the CPU (2 GB; left out, saying why, where it cannot be had)
	@scripts/setup test local-model
	@scripts/setup-training cpu || { [ $$? -eq 3 ]; exit $$?; }; $(PY) -m pytest -q -m tuning $(ARGS)

.PHONY: test-weights
test-weights: setup-tests ## Ask the real local model (fetches 1.1 GB once; minutes of a core)
	@scripts/setup test local-model
	@export MODELS_DIR=$${MODELS_DIR:-$(CURDIR)/var/models}; $(MANAGE) models fetch && $(PY) -m pytest -q -s -m weights $(ARGS)

.PHONY: soak
soak: setup-tests ## Random jobs, kills and attacks, then all is checked (MINUTES=30 SEED=1; SERVICES=none: SQLite)
	@$(if $(filter own,$(SERVICES)),scripts/with-services) $(PY) -m tests.soak --minutes $(MINUTES) --seed $(SEED) $(ARGS)

.PHONY: setup-tests
setup-tests:
	@scripts/setup test

.PHONY: lint
lint: setup-tests ## Ruff: lint and format
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

.PHONY: format
format: setup-tests ## Ruff: rewrite what it can
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

.PHONY: types
types: setup-tests ## Mypy, strict
	@$(VENV)/bin/mypy accounts billing projects lessons generation training platform/config platform/core platform/pages

.PHONY: imports
imports: setup-tests ## Import contracts between apps
	@PYTHONPATH=platform:. $(VENV)/bin/lint-imports

.PHONY: migrations
migrations: setup-tests ## Fail when a model has no migration
	@$(MANAGE) makemigrations --check --dry-run

.PHONY: bench
bench: setup-tests ## Compare with the plain manim command, side by side (ARGS=--quick: two minutes)
	@$(PY) -m tests.benchmarks.bench_render $(ARGS)

## --- Maintain it ---

.PHONY: lock
lock: setup-tests ## Resolve requirements/*.in into exact versions
	@$(VENV)/bin/uv pip compile --universal --python-version 3.11 -q requirements/base.in -o requirements.txt
	@$(VENV)/bin/uv pip compile --universal --python-version 3.11 -q requirements/dev.in -o requirements/dev.txt
	@$(VENV)/bin/uv pip compile --python-version 3.12 --python-platform x86_64-manylinux_2_28 -q requirements/vllm-gpu.in -o requirements/vllm-gpu.txt
	@scripts/setup-vllm lock
	@scripts/setup-training lock

.PHONY: frontend
frontend: ## Build frontend/ into static/dist/ (needs Node; nobody else does)
	@cd frontend && npm ci --no-audit --no-fund && npm run build

.PHONY: frontend-check
frontend-check: frontend ## Build frontend/, check its types and run its tests (needs Node)
	@cd frontend && npm run check && npm test

.PHONY: messages
messages: setup-tests ## Renew the catalogues in locale/ from the sources, and compile them (needs gettext)
	@scripts/messages

.PHONY: openapi
openapi: setup-tests ## Renew docs/openapi.json
	@$(MANAGE) spectacular --format openapi-json --file docs/openapi.json
