# Everything builds in release configuration and in one place, so that `make demo` and `make test` share their work.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
DEMO ?= eight-schools
# For make bench: a Python with the peers (Benchmarks/peers/requirements.txt), beginnings of works' names, and how many turns.
PEERS_PYTHON ?=
ONLY ?=
ROUNDS ?= 3
# The values in the store that make bench ONLY=store reads; 1000000000 of them take 9 GB.
POINTS ?= 100000000
# For make test-kills: how many kills, and what their moments are drawn from.
KILLS ?= 1000
SEED ?= 1
# For make test-slurm: which scenarios of Tests/Slurm/scenarios.sh; empty: all.
SCENARIOS ?=
# For make fuzz: how many inputs, and what they are made from (SEED).
INPUTS ?= 1000000

swift_build = $(SWIFT) build --configuration release
# Static linking compiles differently, and test bundles cannot be linked that way: it has a place of its own.
static = --static-swift-stdlib --scratch-path .build-static
wb = .build/release/wb
# A sweep in which runs diverged exits with 4, and its report says so.
or_diverged = || [ $$? -eq 4 ]
sources = Sources Tests Benchmarks/Harness Package.swift
experiments = $(notdir $(patsubst %/sweep.yaml,%,$(wildcard Experiments/*/sweep.yaml)))

.PHONY: help setup build demo test test-kills test-slurm fuzz bench budgets install lint format reports clean
.DELETE_ON_ERROR:

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the system packages that are missing
	@Scripts/setup.sh

build: setup ## Build wb
	@$(swift_build) --product wb

demo: build ## Run a first experiment, and show its verdict and report (DEMO=NAME for another)
	@mkdir -p demo
	$(wb) run Experiments/$(DEMO)/sweep.yaml --store demo/$(DEMO).sqlite $(or_diverged)
	@echo
	$(wb) compare --sweep $(DEMO) --store demo/$(DEMO).sqlite
	$(wb) report $(DEMO) --store demo/$(DEMO).sqlite --file Experiments/$(DEMO)/sweep.yaml --output demo
	@echo; echo "The report: $(CURDIR)/demo/$(DEMO)/report.md"

test: setup lint ## Check the format, and run every test
	@$(swift_build) --build-tests
	@$(SWIFT) test --configuration release --skip-build

test-kills: setup ## Kill a sweep at a thousand random moments (KILLS=1000 SEED=1), and hold its store against an undisturbed one
	@$(swift_build) --build-tests
	@WB_KILLS="$(KILLS)" WB_KILLS_SEED="$(SEED)" $(SWIFT) test --configuration release --skip-build --filter KillTests

test-slurm: build ## Share sweeps on a Slurm of this machine, with all that can go wrong (as root; SCENARIOS="killed node_down" for some)
	@Tests/Slurm/scenarios.sh $(wb) $(SCENARIOS)

fuzz: setup ## Give a million changed inputs to all that reads foreign bytes (INPUTS=1000000 SEED=1)
	@$(swift_build) --build-tests
	@WB_FUZZ="$(INPUTS)" WB_FUZZ_SEED="$(SEED)" $(SWIFT) test --configuration release --skip-build --filter FuzzTests

bench: setup ## Measure wb as it is installed, and its peers where PEERS_PYTHON=/path/to/python has them (ONLY=vae for a part)
	@$(swift_build) $(static) --product wb
	@$(swift_build) $(static) --product bench
	@WB_BENCH_POINTS="$(POINTS)" .build-static/release/bench table --only "$(ONLY)" --rounds "$(ROUNDS)" --peers "$(PEERS_PYTHON)" \
	  --output "Benchmarks/results/$$(date -u +%Y-%m-%d-%H%M).md"

budgets: build ## Count the instructions of steps, and write their budgets
	@$(swift_build) --product bench
	@.build/release/bench budgets

install: setup ## Install wb, free of Swift's runtime libraries, into PREFIX (/usr/local)
	@$(swift_build) $(static) --product wb
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -s -m 755 .build-static/release/wb "$(DESTDIR)$(PREFIX)/bin/wb"

lint: ## Check the format of the sources
	@$(SWIFT) format lint --strict --parallel --recursive $(sources)

format: ## Format the sources
	@$(SWIFT) format --in-place --parallel --recursive $(sources)

reports: $(experiments:%=report-%) ## Run every experiment and write its report to Reports

report-%: build
	@Scripts/report.sh $(wb) $* Reports

clean: ## Remove what was built, and the demo
	rm -rf .build .build-static demo
