# What people type; the work is done by build.py and pytest.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
STAMP := $(VENV)/.ready
PRODUCTS ?= 500
TIMES ?= 20
TEST_STAMP := $(VENV)/.ready-for-tests
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check
NOT_INSTALLED := { echo "Không cài được các thư viện; việc này cần mạng. Nếu vẫn lỗi: make clean, rồi chạy lại. /" \
	"The libraries could not be installed; this needs a network. If it fails again: make clean, then once more." >&2; exit 1; }

.PHONY: site check serve test test-without-browser test-hostile fuzz faults supply lint pictures bench bench-paper bench-pictures load clean

site: $(STAMP)
	@$(RUN) build.py

check: $(STAMP)
	@$(RUN) build.py check

serve: $(STAMP)
	@$(RUN) build.py serve

test: $(TEST_STAMP)
	@$(RUN) -m tests.harness.fetching
	@$(RUN) -m pytest

test-without-browser: $(TEST_STAMP)
	@$(RUN) -m pytest -m "not browser"

# Every hostile text in every field, in a real browser: some minutes.
test-hostile: $(TEST_STAMP)
	@CNNT_HOSTILE=450 $(RUN) -m pytest -n 2 tests/test_hostile_content.py

# Every property on many more examples than in ordinary tests, new ones each time; what is found is kept as an @example.
fuzz: $(TEST_STAMP)
	@CNNT_FUZZ=$(TIMES) $(RUN) -m pytest -n 2 tests/test_fuzz.py tests/test_vietnamese.py tests/test_yaml_edits.py \
	  tests/test_sheet_garbage.py tests/test_sheet_round_trip.py tests/test_never_stale.py

# The build failed at every change of a file, in every way: hours; with SAMPLE=40 some six hundred failures, ten minutes.
faults: $(TEST_STAMP)
	@folder=$$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) && $(RUN) -m tests.harness.faults "$$folder" $(if $(SAMPLE),--sample $(SAMPLE)); \
	  ended=$$?; rm -rf "$$folder"; exit $$ended

# The versions that automatic builds install, with the sums of their files; what they are, under which licence.
supply: $(TEST_STAMP)
	@$(INSTALL) uv
	@$(RUN) -m uv pip compile pyproject.toml --extra pdf --extra brotli --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --output-file requirements.lock
	@$(RUN) -m docs.list_supply

lint: $(TEST_STAMP)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

pictures: $(TEST_STAMP)
	@$(RUN) -m docs.take_pictures

# make bench PRODUCTS=5000; other generators: BENCH_OPTIONS="--corpus … --peer hugo=…" (see bench/speed.py).
bench: $(STAMP)
	@$(RUN) bench/speed.py --products $(PRODUCTS) $(BENCH_OPTIONS)

bench-paper: $(TEST_STAMP)
	@$(RUN) bench/paper.py --products $(PRODUCTS) --photos $(PRODUCTS)

# Photographs beside the bare encoders, and beside sharp (see bench/pictures.py).
bench-pictures: $(STAMP)
	@$(RUN) bench/pictures.py $(BENCH_OPTIONS)

# The fair's opening hour: visitors at once, against nginx on this machine.
load: $(TEST_STAMP) site
	@$(RUN) -m bench.load $(BENCH_OPTIONS)

clean:
	rm -rf output .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis $(VENV)

# Made anew when its Python has gone: moved to another machine, or uninstalled.
$(RUN):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
	  { echo "Cần Python 3.11 đến 3.14 / Python 3.11 to 3.14 is needed: make PYTHON=python3.13 …" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
	  echo "Thiếu mô-đun venv / The venv module is missing. Debian, Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(STAMP): pyproject.toml $(RUN)
	@echo "Đang cài các thư viện, chỉ lần đầu… / Installing libraries, the first time only…"
	@$(INSTALL) . || $(NOT_INSTALLED)
	@touch $@

$(TEST_STAMP): $(STAMP)
	@echo "Đang cài những gì kiểm thử cần… / Installing what the tests need…"
	@$(INSTALL) ".[test]" || $(NOT_INSTALLED)
	@touch $@
