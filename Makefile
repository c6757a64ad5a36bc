# Two commands matter: `make demo` and `make test`. Everything they need is fetched from the package registries.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: setup demo demo-reset test suite check nightly serve screens

setup:
	@$(PYTHON) scripts/bootstrap.py

demo: setup
	@$(VENV)/makegood demo $(if $(ONCE),--once)

demo-reset: setup
	@$(VENV)/makegood demo --reset $(if $(ONCE),--once)

serve: setup
	@$(VENV)/makegood serve

test: # the checks beside the tests, whose database takes one core at first
	@$(MAKE) --no-print-directory -j2 check suite

suite: setup
	@$(VENV)/python -m tests.browser
	@$(VENV)/python -m pytest -n 3 --dist loadfile

check: setup
	@$(VENV)/ruff check src tests bench scripts
	@$(VENV)/lint-imports
	@$(VENV)/mypy

nightly: setup
	@PATH="$$PWD/.bootstrap/bin:$$PATH" uv sync --frozen --quiet --group nightly
	@MAKEGOOD_NIGHTLY=1 $(VENV)/python -m pytest -n 2 -m nightly

screens: setup
	@$(VENV)/makegood demo --once
	@$(VENV)/python -m tests.screens docs/screens
	@MAKEGOOD_SHOTS=docs/screens $(VENV)/python -m pytest -n 0 tests/journeys/test_review.py tests/journeys/test_sale.py
