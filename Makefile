# Everything a person needs: `make run`, `make test`. Nothing else has to be done first.

PYTHON ?= python3
PORT ?= 8501
WORKERS ?= auto
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo DEBIAN_FRONTEND=noninteractive)

.PHONY: run test check install install-dev system bench bench-gpu fuzz help
.DEFAULT_GOAL := help

help: ## What can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: install ## Serve the application on http://127.0.0.1:8501 (PORT= changes it)
	$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

test: install-dev check ## Checks, then all tests, a file at a time on each core (WORKERS=0: one after the other)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: install-dev ## Format, lint, types, import floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

install: .venv/installed ## Set up .venv with what the application needs

install-dev: .venv/installed-dev

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

system: ## Debian packages for OCR and the browser test
	$(SUDO) apt-get update -qq
	$(SUDO) apt-get install -y -qq --no-install-recommends \
		python3-venv tesseract-ocr tesseract-ocr-fra chromium fonts-dejavu-core > /dev/null

fuzz: install-dev ## Read the real decree with 500 random changes of its bytes (half an hour)
	MUTATIONS=500 $(BIN)/python -m pytest -q tests/test_mutations.py

bench: install-dev ## Benchmarks: figures as JSON, beside what they are compared with
	$(BIN)/python -m scripts.bench_reading
	$(BIN)/python -m scripts.bench_ocr
	$(BIN)/python -m scripts.bench_passages
	$(BIN)/python -m scripts.bench_index
	$(BIN)/python -m scripts.bench_lookups
	$(BIN)/python -m scripts.bench_pages
	$(BIN)/python -m scripts.bench_load
	$(BIN)/python -m scripts.calibrate_relevance
	$(BIN)/python -m scripts.fit_ranking
	$(BIN)/python -m scripts.bench_checks
	$(BIN)/python -m scripts.bench_model
	$(BIN)/python -m scripts.bench_results

bench-gpu: install ## Llama 2 7B with random weights on the GPU here: speed and memory as JSON
	$(BIN)/python -m scripts.bench_gpu
