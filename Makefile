# Everything runs inside .venv, which is made from the locked requirements when they change.
PYTHON ?= python3
SIZE ?= 100000
BIN := .venv/bin

.PHONY: run test test-all clients lint-openapi browser proxies conformance durability audit check bench openapi docs lock clean

run: .venv/run.stamp ## serve the seeded ledger on http://127.0.0.1:8000
	@$(BIN)/counterclaim seed
	@exec $(BIN)/counterclaim serve

test: .venv/dev.stamp ## what a contributor needs, on SQLite; five minutes on two cores
	$(BIN)/pytest

test-all: .venv/dev.stamp ## the others: slow ones, and those of the API once more on PostgreSQL
	$(BIN)/pytest -m slow
	$(BIN)/pytest --engine postgresql $(addprefix tests/,conformance ledger linked_data resources services web)

clients: tests/clients/node_modules ## clients that need npm or Debian's javac, go and ruby (see .ci/run)
	$(BIN)/pytest -n0 -m npm tests/clients

lint-openapi: tests/clients/node_modules ## the document by Redocly's rules and by OWASP's
	cd tests/clients && ../../$(BIN)/npm exec -- redocly lint ../../openapi.yaml --config redocly.yaml --max-problems 50
	$(BIN)/npm exec --prefix tests/clients -- spectral lint openapi.yaml --ruleset tests/clients/spectral.yaml --fail-severity warn

browser: .venv/dev.stamp ## /docs in Debian's chromium, with chromium-driver, in a network of loopback alone
	unshare --map-root-user --net sh -c 'ip link set lo up && $(BIN)/pytest -n0 -m browser tests/browser'

proxies: .venv/dev.stamp ## the server behind Debian's nginx
	$(BIN)/pytest -n0 -m nginx tests/proxies

conformance: .venv/dev.stamp ## fuzz every call with thousands of cases, with a key and without; three minutes
	$(BIN)/python -m tests.conformance.fuzz

durability: .venv/dev.stamp ## faults of disk, file and clock, and kills, under servers with writers; five minutes
	$(BIN)/pytest -n 2 -m durability tests/durability

audit: .venv/dev.stamp ## known faults of what is locked, where their data is reached; how old it is
	$(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements/run.txt
	$(BIN)/uv run --no-project --with pypi-simple python -m tools.ages requirements/run.txt

check: .venv/dev.stamp ## format, lint, types, directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

openapi: .venv/dev.stamp ## write openapi.yaml, and the examples in it, from the code
	$(BIN)/python -m tools.examples
	$(BIN)/python -m tools.openapi > openapi.yaml

docs: .venv/dev.stamp ## write the tables, answers and the picture of the documentation from the code
	$(BIN)/python -m tools.tables docs/operations.md docs/settings.md
	$(BIN)/python -m tools.picture
	$(BIN)/python -m tools.answers README.md docs/conventions.md docs/curl.md docs/mirrors.md docs/proof.md docs/reconciliation.md

bench: .venv/dev.stamp ## measure every call on SIZE statements, beside a plain view and Datasette
	$(BIN)/python -m benchmarks.bench $(SIZE)

lock: .venv/dev.stamp ## lock the newest releases that fit
	$(BIN)/uv pip compile --universal --upgrade --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-header -q pyproject.toml requirements/build.in --extra postgresql \
	  -o requirements/run.txt
	$(BIN)/uv pip compile --universal --upgrade --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-header -q pyproject.toml requirements/build.in --extra postgresql \
	  --group dev -o requirements/dev.txt

clean: ## remove what make made
	rm -rf .venv dist build tests/clients/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

tests/clients/node_modules: tests/clients/package.json .venv/dev.stamp
	$(BIN)/npm install --prefix tests/clients --no-package-lock --no-audit --no-fund
	touch $@
