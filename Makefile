# Two commands do all the set-up: `make demo` and `make test`. Python 3.11 or newer is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO   := .demo
PORT   ?= 8000
SECONDS ?= 600

.PHONY: demo test check lint bench bench-near bench-build bench-adding bench-peers quality soak clean

demo: $(VENV)/installed
	@test -f $(DEMO)/current || $(BIN)/papers build --quiet --index $(DEMO) index/sample/papers.jsonl
	@echo
	@echo "To search your own papers:  $(BIN)/papers build YOUR-DUMP && $(BIN)/papers serve"
	@echo
	@$(BIN)/papers serve --index $(DEMO) --port $(PORT)

test: $(VENV)/tests-installed
	$(BIN)/python -m pytest --numprocesses=auto

check: lint test

lint: $(VENV)/tests-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/bench-installed
	$(BIN)/python -m tests.bench.speed_build
	$(BIN)/python -m tests.bench.speed_search
	$(BIN)/python -m tests.bench.speed_http

bench-near: $(VENV)/bench-installed
	$(BIN)/python -m tests.bench.near_engine --index $(INDEX)

bench-build: $(VENV)/bench-installed
	$(BIN)/python -m tests.bench.build_table $(DUMP)

bench-adding: $(VENV)/bench-installed
	$(BIN)/python -m tests.bench.while_adding --index $(INDEX) --dump $(DUMP)

bench-peers: $(VENV)/bench-installed
	$(BIN)/python -m tests.bench.peers --quality

quality: $(VENV)/bench-installed
	$(BIN)/python -m tests.bench.quality

soak: $(VENV)/tests-installed
	$(BIN)/python -m tests.soak.soak --seconds $(SECONDS)

clean:
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A folder of its own for each Python: pip and the pinned versions go in first.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Papersearch needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv is missing; on Debian: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/tests-installed: $(VENV)/made pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/bench-installed: $(VENV)/tests-installed
	$(PIP) install --constraint constraints.txt --editable '.[test,bench]'
	@touch $@
