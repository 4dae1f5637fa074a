# Each target sets up what it needs. What they do in full: the first lines of scripts/*.py.
PYTHON ?= python3
ONLY ?=
.DEFAULT_GOAL := help
.PHONY: help setup run test prove check bench

help:
	@echo "make setup   environment, assets, translations: all that running needs"
	@echo "make run     serves on http://127.0.0.1:$${KEQIAO_PORT:-8000} with the demonstration"
	@echo "make test    all tests: without database, SQLite, PostgreSQL, browser journeys"
	@echo "make prove   the long proofs at full size; ONLY=name for one, MINUTES=9 to stop and go on later"
	@echo "make check   format, lint, types, imports, migrations, translations, contrast"
	@echo "make bench   benchmarks against named alternatives; ONLY=name for one"

setup:
	@$(PYTHON) -m scripts.setup

run: setup
	@KEQIAO_DEMONSTRATION="$${KEQIAO_DEMONSTRATION:-1}" exec .venv/bin/keqiao serve

test:
	@$(PYTHON) -m scripts.run_tests

check:
	@$(PYTHON) -m scripts.run_checks

prove:
	@$(PYTHON) -m scripts.setup --group dev
	@exec .venv/bin/python -m proofs $(ONLY) $(if $(MINUTES),--minutes $(MINUTES))

bench:
	@$(PYTHON) -m scripts.setup --group dev --group bench
	@exec .venv/bin/python -m benchmarks $(ONLY)
