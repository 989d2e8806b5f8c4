# make demo: the deck's answers.  make test: what must hold, sampled.  make test-all: the same in full.  All set themselves up.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: demo test test-all test-lowest check lint types tests tests-all newest fix pictures docs golden bench mutants fuzz release clean

demo: .venv/installed
	@$(BIN)/clustergap matrix
	@echo
	@$(BIN)/clustergap gaps --level region

# mypy has one processor's work for as long as the tests need two: they share them.
test: .venv/installed-dev
	@$(MAKE) --no-print-directory -j2 lint types tests

# In full with the newest version of everything that pyproject.toml allows, then sampled with the lowest.
test-all: newest
	@$(MAKE) --no-print-directory -j2 lint types tests-all
	@$(MAKE) --no-print-directory test-lowest

check: test

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: .venv/installed-dev
	$(BIN)/mypy

# Each of pytest's workers has files that follow each other, so that what their tests share is made once; who is done takes of the other's.
tests: .venv/installed-dev
	$(BIN)/pytest -n auto --dist worksteal

tests-all: .venv/installed-dev .venv/installed-docs
	$(BIN)/pytest -n auto --dist worksteal --exhaustive --cov --cov-report=term:skip-covered

# The tests of make test with the lowest version of everything that pyproject.toml declares, in an environment of its own. Format,
# lint and types are looked at by make test alone: what they say changes with every version.
test-lowest: .venv/lowest/installed
	.venv/lowest/bin/pytest -n auto --dist worksteal

# What was installed long ago may be old by now. Offline it is tested as it is.
newest: .venv/installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager -e '.[dev]' \
		|| echo "newer versions cannot be installed: what is there is tested" >&2

fix: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: .venv/installed-dev
	$(BIN)/python scripts/pictures.py

# The pages as a site: begin at site/index.html. Offline, once what it needs is installed; every warning is an error.
docs: .venv/installed-docs
	@rm -rf site
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --fresh-env -d .venv/docs -c docs . site
	@echo "the site is made: open site/index.html"

golden: .venv/installed-dev
	$(BIN)/python scripts/minify.py
	$(BIN)/python scripts/documents.py
	$(BIN)/pytest -q --inline-snapshot=create,fix
	git diff --stat

bench: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python benchmarks/run.py
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.days
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/spreadsheets.py
	-$(BIN)/python -m benchmarks.growth

# In a copy, made anew: mutmut writes beside what it reads, and believes what it found before.
# One package alone: make mutants MUTATE='clustergap.analysis.*'
mutants: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[mutants]'
	rm -rf .venv/mutmut
	mkdir -p .venv/mutmut
	cp -R pyproject.toml src tests data .venv/mutmut
	cd .venv/mutmut && ../bin/mutmut run --max-children 2 $(if $(MUTATE),'$(MUTATE)')
	@cd .venv/mutmut && ../bin/mutmut results --all true | awk -F ': ' ' \
		$$2 == "not checked" { next } \
		{ found[$$2]++; all++ } \
		$$2 != "killed" && $$2 != "timeout" { print } \
		END { dead = found["killed"] + found["timeout"]; printf "%d killed, %d not, of %d: %.1f %%\n", \
			dead, all - dead, all, all ? 100 * dead / all : 0 }'

fuzz: .venv/installed-dev
	$(BIN)/python tests/fuzz/run.py --seconds 60
	$(BIN)/python tests/fuzz/run_plain_form.py --seconds 60
	$(BIN)/python tests/fuzz/run_tables.py --seconds 60
	$(BIN)/python tests/fuzz/spreadsheets.py --seconds 60

# What is published, in dist/. Refused while the address of the project is a placeholder.
release: .venv/installed-dev
	@$(BIN)/python scripts/release.py
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[release]'
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	$(BIN)/python -m twine check --strict dist/*

clean:
	rm -rf .venv site

# A half-made environment is made again: the marker is written last.
.venv/installed: pyproject.toml Makefile
	@test -n "$(PYTHON)" || { echo "clustergap needs Python 3.11 or newer, named python3" >&2; exit 1; }
	@test -x $(BIN)/pip || sh scripts/make-venv.sh "$(PYTHON)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/lowest/installed: pyproject.toml Makefile scripts/lowest.py .venv/installed-dev
	@test -x .venv/lowest/bin/pip || sh scripts/make-venv.sh "$(PYTHON)" .venv/lowest
	@$(BIN)/python scripts/lowest.py >.venv/lowest/constraints.txt
	@PIP_CONSTRAINT=.venv/lowest/constraints.txt .venv/lowest/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv/installed-docs: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	@touch $@

.venv/installed-dev: .venv/installed scripts/make-system.sh scripts/make-tools.sh
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@sh scripts/make-system.sh
	@sh scripts/make-tools.sh .venv/tools
	@touch $@
