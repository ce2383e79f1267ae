# Each target sets up what it needs. `make help` lists them.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
BALISE := $(VENV)/bin/balise
export RASA_TELEMETRY_ENABLED := false

# The Matrix bridge: a project of its own, with its own Python, environment and lock files.
MATRIX := bridges/matrix

# `make run ORG=path`: with an organisation's own content.
FOR := $(if $(ORG),--organisation "$(ORG)")

# Two files at a time. The browser's tests go by themselves: playwright keeps an event loop of its own.
BESIDE := -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test test-matrix chat understand train check release-check export lint scenario bench web golden screenshots lock lock-matrix clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: $(VENV)/.ready ## set everything up and serve the guide on loopback; ORG=folder with an organisation's content
	@exec $(BALISE) run $(FOR)

test: $(VENV)/.ready web/node_modules/.ready lint ## set everything up and pass all tests
	@for tool in chromium poppler-utils redis-server nginx-light; do bash scripts/find_tool.sh $$tool >/dev/null || exit 1; done
	@$(BALISE) check
	@$(BALISE) train
	@$(PY) -m pytest $(BESIDE) --ignore=tests/web
	@$(PY) -m pytest $(BESIDE) tests/web

test-matrix: $(VENV)/.ready $(MATRIX)/.venv/.ready $(MATRIX)/tests/strict/node_modules/.ready ## set up a real Matrix homeserver and test the bridge
	@cd $(MATRIX) && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy
	@$(BALISE) train
	@export NODE="$$(bash scripts/find_node.sh)/node" && cd $(MATRIX) && .venv/bin/python -m pytest

chat: $(VENV)/.ready ## talk with the guide in the terminal
	@$(BALISE) chat $(FOR)

understand: $(VENV)/.ready ## see how a line is understood, outside any question
	@$(BALISE) understand

train: $(VENV)/.ready ## train the model if its inputs changed
	@$(BALISE) train

check: $(VENV)/.ready ## check every text that a worker reads, and the directory's dates; ORG=folder
	@$(BALISE) check $(FOR)
	@$(BALISE) directory check

release-check: $(VENV)/.ready ## refuse a release that gives an unverified or stale number in an emergency
	@$(BALISE) check
	@$(BALISE) directory check --release

export: $(VENV)/.ready ## write the whole content as one document to print and annotate: contenu.md; ORG=folder
	@$(BALISE) content export --to contenu.md $(FOR)

lint: $(VENV)/.ready ## ruff and mypy
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

scenario: $(VENV)/.ready ## run one dialogue scenario: make scenario NAME=field
	@$(PY) -m pytest tests/dialogues -k "$(NAME)"

bench: $(VENV)/.ready $(MATRIX)/.venv/.ready ## print every figure: understanding, redaction, page, documents, resume code, speed beside stock Rasa, Matrix bridge
	@held=0; for name in understanding redaction web documents resume scale; do \
		$(PY) -m benchmarks.$$name || held=1; done; \
	(cd $(MATRIX) && .venv/bin/python -m benchmarks.bridge) || held=1; exit $$held

web: $(VENV)/.ready web/node_modules/.ready ## build the page again after a change in web/src (commit what it makes)
	@export PATH="$$(bash scripts/find_node.sh):$$PATH" && cd web && npm run --silent check && npm run --silent build

golden: $(VENV)/.ready ## write again what assistive technology is given, screen by screen, after a change of words
	@BALISE_GOLDEN=write $(PY) -m pytest tests/web/test_spoken.py

screenshots: $(VENV)/.ready ## take the pictures of docs/ again
	@$(PY) -m tests.web.screenshots

lock: ## write requirements.lock again from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --python-version 3.10 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock

# uv again; `--universal`: for every Python from 3.11 on.
MATRIX_LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock-matrix"
lock-matrix: ## write the bridge's lock files again from its pyproject.toml (needs uv)
	cd $(MATRIX) && $(MATRIX_LOCK) --extra install -o requirements.lock && $(MATRIX_LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

# TypeScript, esbuild and axe, from the lock file with its digests. Serving needs none of them: the built page is kept.
web/node_modules/.ready: web/package-lock.json scripts/find_node.sh | $(VENV)/.ready
	@export PATH="$$(bash scripts/find_node.sh):$$PATH" && cd web && npm ci --silent --ignore-scripts && touch node_modules/.ready

clean: ## remove the environment and the models
	rm -rf $(VENV) $(MATRIX)/.venv $(MATRIX)/tests/strict/node_modules web/node_modules models .organisations .rasa .pytest_cache .mypy_cache .ruff_cache

# A Python 3.10 that runs, an environment from the hashed lock file, and this project in it.
$(VENV)/.ready: requirements.lock pyproject.toml scripts/find_python.sh
	@python="$$(bash scripts/find_python.sh)" && echo "Setting up with $$python (a few minutes, once)…" && \
	rm -rf $(VENV) && "$$python" -m venv $(VENV) && \
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock && \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . && \
	touch $@

# The same for the bridge, with the homeserver and what its tests need.
$(MATRIX)/.venv/.ready: $(MATRIX)/requirements-dev.lock $(MATRIX)/pyproject.toml $(MATRIX)/scripts/find_python.sh
	@python="$$(bash $(MATRIX)/scripts/find_python.sh)" && echo "Setting up the Matrix bridge with $$python…" && \
	rm -rf $(MATRIX)/.venv && "$$python" -m venv $(MATRIX)/.venv && \
	$(MATRIX)/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(MATRIX)/requirements-dev.lock && \
	$(MATRIX)/.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable $(MATRIX) && \
	touch $@

# The library of a strict messenger, from the lock file with its digests.
$(MATRIX)/tests/strict/node_modules/.ready: $(MATRIX)/tests/strict/package-lock.json scripts/find_node.sh | $(VENV)/.ready
	@export PATH="$$(bash scripts/find_node.sh):$$PATH" && cd $(MATRIX)/tests/strict && npm ci --silent --ignore-scripts && touch node_modules/.ready
