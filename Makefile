# What people type; the work is done by build.py and pytest.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
STAMP := $(VENV)/.ready
TEST_STAMP := $(VENV)/.ready-for-tests

.PHONY: site check serve test test-without-browser lint clean

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

lint: $(TEST_STAMP)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

clean:
	rm -rf output .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis $(VENV)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: make PYTHON=python3.13 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Thiếu mô-đun venv / The venv module is missing. Debian, Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Đang cài các thư viện, chỉ lần đầu… / Installing libraries, the first time only…"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TEST_STAMP): $(STAMP) pyproject.toml
	@echo "Đang cài những gì kiểm thử cần… / Installing what the tests need…"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@
