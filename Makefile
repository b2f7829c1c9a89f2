# Everything a newcomer needs is `make quickstart` and `make test`; both set up what they need by themselves.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:

PYTHON ?= python3
ARGS ?=

export PYTHON

BIN := .venv/bin
SETUP := .venv/.setup-runtime
SETUP_DEV := .venv/.setup-dev
SETUP_PEERS := .venv-peers/.setup-peers

.PHONY: help
help: ## Show what there is to do
	@awk 'BEGIN { FS = ":.*## " } /^[a-z][a-z-]*:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n%s\n' "ARGS passes flags on: make quickstart ARGS=--exit, make test-unit ARGS='-k vault -x'"

.PHONY: setup
setup: $(SETUP) ## Make .venv with Homeport in it; .venv/bin/homeport is then ready

.PHONY: setup-dev
setup-dev: $(SETUP_DEV) ## The same, with what the tests and checks need

$(SETUP): requirements.lock pyproject.toml scripts/setup
	@scripts/setup runtime
	@touch $@

$(SETUP_DEV): requirements-dev.lock pyproject.toml scripts/setup scripts/debian.py
	@scripts/setup dev
	@touch $(SETUP) $@

$(SETUP_PEERS): requirements-peers.lock scripts/setup
	@scripts/setup peers
	@touch $@

.PHONY: quickstart
quickstart: $(SETUP) ## Start Homeport, deploy the example and show its job
	@$(BIN)/homeport quickstart $(ARGS)

.PHONY: test
test: $(SETUP_DEV) ## Run every check and every test, and print the time of each suite
	@$(BIN)/python scripts/run_suites.py $(ARGS)

SUITES := $(addprefix test-,house unit model store driver contract crash docs browser)
.PHONY: $(SUITES)
$(SUITES): test-%: $(SETUP_DEV)
	@$(BIN)/python scripts/run_suites.py --only $* -- $(ARGS)

# For `make help` alone: a target may have one recipe, and the one above is theirs.
test-house: ## Lint, format, types and the house's rules
test-unit: ## One suite alone; so are test-model -store -driver -contract -crash -docs -browser

.PHONY: soak
soak: $(SETUP_DEV) ## Run the long forms of the suites model, store and crash
	@$(BIN)/python scripts/run_suites.py --only model --only store --only crash --no-limit -- --soak $(ARGS)

.PHONY: test-the-tests
test-the-tests: $(SETUP_DEV) ## Break each promise on purpose and see that its test notices (ARGS: words of a name)
	@$(BIN)/python scripts/test_the_tests.py $(ARGS)

.PHONY: lint
lint: $(SETUP_DEV) ## Check the code's style
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

.PHONY: format
format: $(SETUP_DEV) ## Rewrite the code in the house's style
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

.PHONY: typecheck
typecheck: $(SETUP_DEV) ## Check the types, strictly
	@$(BIN)/mypy
	@$(BIN)/mypy scripts conftest.py

# Quick ones, a few minutes in all; those that take long have targets of their own.
BENCHMARKS := jobs show_job

.PHONY: bench
bench: $(SETUP_DEV) ## Measure every figure that the README quotes
	@$(BIN)/python scripts/debian.py benchmarks
	@for program in $(BENCHMARKS); do echo "== benchmarks/$$program.py"; $(BIN)/python "benchmarks/$$program.py" $(ARGS); done

.PHONY: bench-peers
bench-peers: $(SETUP_DEV) $(SETUP_PEERS) ## Measure Homeport beside DBOS, Procrastinate and huey
	@$(BIN)/python scripts/debian.py benchmarks
	@$(BIN)/python benchmarks/peers.py $(ARGS)

.PHONY: bench-containers
bench-containers: $(SETUP_DEV) ## Measure deployments on Docker beside a bare docker run, and what is left of them
	@$(BIN)/python scripts/debian.py docker
	@$(BIN)/python benchmarks/containers.py $(ARGS)

.PHONY: bench-growth
bench-growth: $(SETUP_DEV) ## Measure ShowJob beside 5,000,000 jobs (says how much disk it takes)
	@$(BIN)/python scripts/debian.py benchmarks
	@$(BIN)/python benchmarks/growth.py $(ARGS)

.PHONY: docs
docs: $(SETUP_DEV) ## Write the generated pages and tables of docs/ anew
	@$(BIN)/python scripts/write_docs.py

.PHONY: lock
lock: $(SETUP_DEV) ## Pin every dependency anew (ARGS=--upgrade for newer versions)
	@scripts/lock $(ARGS)

.PHONY: clean
clean: ## Remove everything that was made here, .venv included
	rm -rf .venv .venv-peers build dist htmlcov .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
