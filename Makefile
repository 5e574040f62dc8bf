# Everything here needs only python3 (3.11 or newer) and make.
#   make run      install what is missing, load the archive and serve on http://127.0.0.1:8000
#   make test     install what tests need and run the tests on every database that answers
#   make accuracy print how well captures are read, beside two baselines
#   make lint     style, types, import directions, templates, migrations and deployment checks
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
.DEFAULT_GOAL := run
.PHONY: run install archive dev test coverage walks faults bench accuracy lighthouse lint format licences audit locks catalogues

NO_PYTHON = The newsroom needs Python 3.11 or newer and there is no '$(PYTHON)' here: install it \
	(Debian and Ubuntu: apt install python3 python3-venv), or name yours: make run PYTHON=python3.12
INSTALL = @command -v $(PYTHON) >/dev/null 2>&1 || { echo "$(NO_PYTHON)" >&2; exit 1; }; \
	$(PYTHON) requirements/install.py

run:
	$(INSTALL) run --port "$(PORT)"
	@exec $(VENV)/python manage.py quickstart --port "$(PORT)"

install:
	$(INSTALL) run

dev:
	$(INSTALL) dev
	@$(VENV)/python manage.py compile_catalogues

# What load_captures needs for saved pages, feeds, news items, exports and crawls.
archive:
	$(INSTALL) archive

test: dev
	@$(VENV)/python -m tests

# The same, and how much of the code the tests reach. Half as long again.
coverage: dev
	@$(VENV)/python -m tests --cov

# How well captures are read; "pip install --group accuracy" (pip 25.1 or newer) adds trafilatura's column.
accuracy: dev
	@$(VENV)/python -m tests.captures.accuracy

# What Lighthouse says of the readers' pages; the first call fetches it by npm. A quarter of an hour.
lighthouse: dev
	@$(VENV)/python -m tests.lighthouse

# Every address, page and deed there is, by who comes and what they send.
walks: dev
	@$(VENV)/python -m tests.walks

# What is killed, what cannot write, and eight who save one article at once. About six minutes.
faults: dev
	@$(VENV)/python -m tests.faults

# How fast and how small, as ratios to floors measured in the same run. Half an hour; less with
# make bench CAPTURES=2000 RUNS=1 MEMORY=1000,5000
bench: dev
	@$(VENV)/python -m benchmarks

lint: dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	find templates -name '*.html' -not -path '*/site/*' -print0 | xargs -0 $(VENV)/djade --check --target-version 5.2
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://newsroom.example SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(VENV)/python manage.py check --deploy --fail-level WARNING

format: dev
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .
	find templates -name '*.html' -not -path '*/site/*' -print0 | xargs -0 $(VENV)/djade --target-version 5.2

# For maintainers: remake the locks after a change in pyproject.toml (needs uv).
locks:
	@$(PYTHON) requirements/lock.py

# Under which licence comes what a site installs: requirements/LICENCES.md.
licences: dev
	@$(VENV)/python requirements/licences.py

# Whether a fault is known of what a site installs (needs pip-audit and the network).
audit:
	@$(PYTHON) requirements/audit.py

# For translators: after a change in locale/.
catalogues: dev
