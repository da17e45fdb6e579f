# Everything runs in .venv, which these targets make and keep in step with the requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --root-user-action=ignore --constraint constraints.txt

# A stamp carries a digest of what it stands for: when that has not changed, nothing is done and no network is needed.
RUNTIME := $(VENV)/.runtime-$(shell cat requirements.txt constraints.txt | sha256sum | cut -c1-16)
DEVELOPMENT := $(VENV)/.development-$(shell cat requirements.txt requirements-dev.txt constraints.txt | sha256sum | cut -c1-16)
# Two instances may be started at once in one checkout; only one of them installs.
ONE_AT_A_TIME := flock .

.PHONY: run setup test check chromium

run: setup
	@exec $(BIN)/python -m coffeebot up --follow-parent

setup: $(RUNTIME)

test: $(DEVELOPMENT) chromium
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: $(DEVELOPMENT)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Coffeebot needs Python 3.11 or newer; $(PYTHON) is older or missing. Try: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making the virtual environment in $(VENV)"
	@$(ONE_AT_A_TIME) $(PYTHON) -m venv $(VENV) || { echo "The virtual environment could not be made; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(RUNTIME): | $(VENV)/.made
	@echo "Installing what Coffeebot runs on (a minute or two, once)"
	@$(ONE_AT_A_TIME) $(PIP) -r requirements.txt
	@rm -f $(VENV)/.runtime-*; touch $@

$(DEVELOPMENT): $(RUNTIME)
	@echo "Installing what the checks and tests need"
	@$(ONE_AT_A_TIME) $(PIP) -r requirements-dev.txt
	@rm -f $(VENV)/.development-*; touch $@

# The browser tests drive Debian's Chromium; without it they skip and say so.
chromium:
	@if ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the browser tests"; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } </dev/null \
	      || echo "Chromium could not be installed; the browser tests will skip."; \
	  else \
	    echo "Chromium is not installed and we are not root, so the browser tests will skip; apt-get install chromium brings it."; \
	  fi; \
	fi
