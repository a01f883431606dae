# Two commands: `make run` serves the portal, `make test` tests it. Both install what they need.

PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv/bin

.PHONY: help run test setup screenshots pictures messages lint faults fuzz races matrix truth attack mutate bench lock clean python

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: python ## set everything up and serve the portal at http://127.0.0.1:8000/ (PORT= for another) until Ctrl-C
	@exec $(PYTHON) -m scripts.run

test: setup ## run the whole suite on a real PostgreSQL, Redis and browser (ARGS= for a part of it)
	@$(VENV)/python -m pytest -n 2 --dist worksteal $(ARGS)

setup: python ## install what working on the portal needs
	@$(PYTHON) -m scripts.setup

screenshots: setup ## take the README's pictures anew
	@SCREENSHOTS=docs/screenshots $(VENV)/python -m pytest -q tests/test_readme.py

pictures: setup ## keep a picture of every page and form at its sizes in var/pictures, to be looked at
	@mkdir -p var/pictures && PICTURES=var/pictures $(VENV)/python -m pytest -q tests/pages/test_every_page.py \
	tests/pages/test_edit_in_browser.py

messages: setup ## gather the texts of the pages for the English catalogue, and compile it
	@$(VENV)/python -m scripts.messages

lint: setup ## check style, types and migrations
	@$(VENV)/ruff check . && $(VENV)/ruff format --check . && $(VENV)/mypy && \
	$(VENV)/python manage.py makemigrations --check --dry-run

faults: setup ## break imports at length: cut, fuzzed and renamed answers, killed workers, lost messages
	@FAULTS=full $(VENV)/python -m pytest -q -s tests/indicators/ingest/test_import_faults.py \
	tests/indicators/ingest/test_live_faults.py tests/indicators/store/test_store_faults.py

fuzz: setup ## ask the API all its schema allows and denies, as nobody and as each role (EXAMPLES= a number for each address)
	@$(VENV)/python -m pytest -q tests/api/fuzz.py

races: setup ## write statuses at length: two at once, twice the same, killed web workers, six by keyboard at a person's pace
	@RACES=full $(VENV)/python -m pytest -q -o junit_family=xunit1 --junit-xml=var/races.xml tests/initiatives/test_races.py \
		tests/pages/test_mine_in_browser.py -k "not accessible" && grep -o 'name="figure" value="[^"]*"' var/races.xml

matrix: setup ## try every address with every method by every role (the suite tries the part that can differ)
	@MATRIX=full $(VENV)/python -m pytest -q -s tests/test_matrix.py

truth: setup ## judge generated worlds by a second, plain rule, follow the API with a mirror and ask generated plans every page, at length
	@TRUTH=full $(VENV)/python -m pytest -q -s tests/truth tests/api/test_mirror.py \
	tests/api/test_incremental.py tests/initiatives/test_earlier_days.py tests/pages/test_no_page_fails.py

attack: setup ## try at length to work out withheld numbers from everything that is shown
	@ATTACK=full $(VENV)/python -m pytest -q tests/indicators/disclosure/test_disclosure_properties.py

mutate: setup ## change the code where a wrong survives silently, and see the tests notice (MODULES= parts of paths, CHANGED= a commit)
	@$(VENV)/python -m tests.mutate $(MODULES) $(if $(CHANGED),--since $(CHANGED))

bench: setup ## measure imports against a bare COPY, the API against an empty view, pages over 0.1 M and 5 M observations, first paints
	@$(VENV)/python -m tests.bench
	@$(VENV)/python -m tests.bench_json
	@$(VENV)/python -m tests.bench_api
	@$(VENV)/python -m tests.bench_pages
	@$(VENV)/python -m tests.bench_paint

lock: python ## pin what requirements*.txt draw in, with hashes
	@$(PYTHON) -m scripts.lock

clean: ## remove everything that was installed or loaded
	@rm -rf .venv .venv-tools node_modules static/vendor var .mypy_cache .pytest_cache .ruff_cache .hypothesis

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found: install it and try again."; exit 1; }
