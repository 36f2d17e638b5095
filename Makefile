# Two commands do everything on a fresh machine with Python >= 3.11: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# The virtual environment is complete only when this file exists: an interrupted set-up starts over.
READY := .venv/ready
# ... and this one says that it has what tests need, too.
READY_TEST := .venv/ready-test

# nbgrader calls `alembic` by its name
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test lab refresh release verify attacks channels nbgrader-tests bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: $(READY) ## release, grade and give feedback to a made-up class; print its results
	$(BIN)/autograder demo

test: $(READY_TEST) ## everything CI checks
	$(BIN)/ruff check .
	$(BIN)/pytest -n auto

lab: $(READY) ## open JupyterLab on the course, with nbgrader's extensions
	$(BIN)/jupyter lab --notebook-dir=. $(if $(filter 0,$(shell id -u)),--allow-root)

refresh: $(READY) ## bring source/ and the visible cases in step with the declared exercises
	$(BIN)/autograder refresh

release: $(READY) ## build release/ and the student kit (build/student-kit.zip) from source/
	$(BIN)/autograder release

verify: $(READY) ## prove the hidden tests: wrong twins refused and named, right variants accepted
	$(BIN)/autograder verify

attacks: $(READY_TEST) ## hostile submissions, one line each: points gained, anything leaked, seconds
	$(BIN)/pytest -n0 -m attack tests

channels: $(READY_TEST) ## ways from one sandbox session to another, one line each: all are closed
	$(BIN)/pytest -n0 tests/attacks/test_channels.py

# nbgrader's wheel brings its tests
SUITE := tests/nbgrader_suite
nbgrader-tests: $(READY_TEST) ## nbgrader's own tests with our steps; docs/nbgrader.md lists what differs
	JUPYTER_CONFIG_PATH=$(CURDIR)/$(SUITE) PYTHONPATH=$(SUITE) $(BIN)/pytest -c /dev/null -n auto \
	  -p differences -p no:cacheprovider --pyargs $(addprefix nbgrader.tests.apps.test_nbgrader_,\
	  autograde generate_feedback zip_collect)

bench: $(READY_TEST) ## our speed against nbgrader's, on one core; fails if a score differs
	$(BIN)/autograder bench
	$(BIN)/autograder scale

clean: ## remove the environment and everything built
	rm -rf .venv build

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; call make with PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(READY_TEST): $(READY) requirements-test.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	touch $@
