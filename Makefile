# Everything is set up below .runtime; `make help` lists the commands.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8069
SEED ?= 2012
SERVE ?= 1
FRESH ?= 0
START ?=
SCHEME ?=
SUITES ?=
ARGS ?=
export PYTHON

# The virtual environment's Python with the variables of scripts/env.sh.
RUN := . scripts/env.sh && exec python

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test lint bench docs clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10
	@echo "Options: make demo SERVE=0 FRESH=1 START=YYYY-MM-DD SEED=n PORT=n"
	@echo "         make demo SCHEME=file.json: an edition under any scheme"
	@echo "         make test SUITES='addon counts odoo-lint black-box' ARGS='-k name'"
	@echo "Your own Odoo and PostgreSQL: ODOO_PATH, PGHOST, PGPORT, PGUSER, PGPASSWORD"

setup: ## make Odoo, Python packages and PostgreSQL ready
	@scripts/setup.sh

demo: setup ## run whole awards in the database award_demo, then serve it
	@$(RUN) -m scripts.make_demo --serve '$(SERVE)' --fresh '$(FRESH)' \
	    --start '$(START)' --seed '$(SEED)' --port '$(PORT)' --scheme '$(SCHEME)'

serve: setup ## serve the demo database
	@$(RUN) -m scripts.make_demo --serve-only --port '$(PORT)' --scheme '$(SCHEME)'

test: setup ## run all tests
	@$(RUN) -m scripts.test $(SUITES) -- $(ARGS)

lint: setup ## run the linters and the audit of the dependencies
	@$(RUN) -m scripts.lint

bench: setup ## measure, print the table, write JSON
	@$(RUN) benchmarks/run.py $(ARGS)

docs: setup ## write the generated documents anew
	@$(RUN) scripts/generate_docs.py $(ARGS)

clean: ## stop PostgreSQL, remove what was set up (ALL=1: the downloads too)
	@scripts/clean.sh '$(ALL)'
