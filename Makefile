# The ways in. Every target does its own set-up and asks nothing.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install dev demo test test-fast check fix bench torture screenshots system browser

# The system's own certificates (offices often look into TLS), no Python but the system's, no chatter.
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Compiled once, not at each start: of the API that is half, of the tests a third. Some machines forbid it by default.
export UV_COMPILE_BYTECODE := 1
export PYTHONDONTWRITEBYTECODE :=

UV := .tools/bin/uv
ZORG := .venv/bin/zorg
PYTEST := .venv/bin/pytest

# Once the development tools are in, they stay in: the demo is as happy with them.
LOCK = $(if $(wildcard .venv/.dev),requirements-dev.lock,requirements.lock)

help: ## deze lijst
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

install: system .venv/.run ## systeempakketten waar dat mag, en .venv met zorg en uvicorn

demo: install ## alles starten; opties met ARGS="--port 8010 --fresh"
	@exec $(ZORG) demo $(ARGS)

test: browser check ## alles wat CI nagaat
	@exec $(PYTEST) -n auto

test-fast: dev ## de tests zonder servers en browsers, binnen een minuut
	@exec $(PYTEST) -n auto -m "not slow and not torture"

check: dev ## opmaak, typen, pijlen, tabellen, API
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(ZORG) migrate --check
	@$(ZORG) openapi | cmp -s - openapi.json || { echo "openapi.json is niet van deze code. Typ: make fix"; exit 1; }

fix: dev ## herstellen wat vanzelf kan: opmaak, volgorde, openapi.json
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
	@$(ZORG) openapi > openapi.json

bench: dev ## de tabel met snelheden
	@exec $(ZORG) bench $(ARGS)

torture: dev ## de lange proeven met storingen
	@exec $(PYTEST) -m torture

screenshots: browser dev ## beelden van de schermen, in screenshots/
	@exec $(PYTEST) tests/stories --screenshots screenshots

dev: system .venv/.dev

system:
	@.ci/system-packages

browser:
	@.ci/system-packages browser atomic curl

.tools/bin/uv: .ci/tools.lock
	@echo "Gereedschap installeren…"
	@"$$(.ci/python)" -m venv --clear .tools
	@.tools/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r .ci/tools.lock
	@touch $@

.venv/bin/python: | .tools/bin/uv
	@$(UV) venv --quiet --clear --python "$$(.ci/python)" .venv

# A stamp says which lock the environment was made from; the project itself stays editable.
define install_from
	@echo "Pakketten installeren uit $(1)…"
	@$(UV) pip sync --quiet --require-hashes --python .venv/bin/python $(1)
	@$(UV) pip install --quiet --no-deps --build-constraints .ci/tools.lock --python .venv/bin/python --editable .
endef

.venv/.run: $(LOCK) pyproject.toml .venv/bin/python
	$(call install_from,$(LOCK))
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml .venv/bin/python
	$(call install_from,requirements-dev.lock)
	@touch .venv/.run $@
