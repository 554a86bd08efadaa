# Every verb installs what it needs, is safe to run twice, and ends with what to look at next. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
CONFIGURATION := Release
HOST := local/Shop.Rehearsal/bin/$(CONFIGURATION)/net10.0/Shop.Rehearsal.dll
SOURCES = $(shell find functions ui-container local statemachines -name '*.cs' -o -name '*.csproj' -o -name '*.cshtml' -o -name '*.razor' -o -name '*.sql' -o -name '*.css' -o -name '*.html' -o -name '*.js' -o -name '*.json' -o -name '*.svg' 2>/dev/null | grep -vE '/(bin|obj|node_modules)/') Directory.Build.props Directory.Packages.props
FUNCTION_SOURCES = $(shell find functions -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -name '*.md' -not -name packages.lock.json) Directory.Build.props Directory.Packages.props
ROLE ?= primary
ENV ?= dev
ARCH ?= $(if $(filter aarch64,$(shell uname -m)),arm64,x64)
# FUNCTIONS=aot runs what `make package` makes; `quick` what `make build` makes.
FUNCTIONS ?= quick
PACKAGE := $(if $(filter aot,$(FUNCTIONS)),artifacts/package/linux-$(ARCH).stamp)
export FUNCTIONS

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.PHONY: help up drill drive fault end-fault shoppers test simulate bench build package package-sample package-ui pictures lighthouse install install-toolchain install-browser lose-region restore-region cut-replication partition heal start-failover start-switchover start-failback approve deny status invoke report synth cost check-templates deploy destroy prove-reconciliation install-tools start-replay nemesis soak experiment fuzz

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

up: install artifacts/build.stamp $(PACKAGE) ## Both Regions on this machine, until Ctrl+C
	@exec dotnet $(HOST) up

drill: install artifacts/build.stamp $(PACKAGE) ## Lose a Region without a person: timeline, verdict, missing-transaction report
	@exec dotnet $(HOST) drill

# A browser is only needed by those who test; PICTURES=docs/pictures makes the README's pictures anew.
drive: install-browser artifacts/build.stamp ## A real browser drives a whole drill through the control room, by clicks alone; pictures in artifacts/drive
	@dotnet build tests/Shop.ControlRoom.Tests -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@DRIVE=1 PICTURES=$(abspath $(or $(PICTURES),artifacts/drive)) dotnet tests/Shop.ControlRoom.Tests/bin/$(CONFIGURATION)/net10.0/Shop.ControlRoom.Tests.dll --filter-class '*WhenADrillIsDriven' --ansi off --progress off
	@echo "Pictures: $(or $(PICTURES),artifacts/drive)"

test: install-browser ## All tests, with real servers; ends with "N passed, N failed"
	@exec tests/run.sh

# Here, for the next line reads it at once.
TOOL := artifacts/tools/linux-$(ARCH)/shop-reconcile
# The state machines alone need no engines, and neither they nor the reconciliation need packages.
BENCH_NEEDS := $(if $(filter asl,$(BENCH_ONLY)),install-toolchain,$(if $(filter start,$(BENCH_ONLY)),install-toolchain package-ui artifacts/build.stamp,$(if $(filter reconcile,$(BENCH_ONLY)),install $(TOOL),install package-sample package-ui artifacts/package/linux-$(ARCH).stamp artifacts/build.stamp $(TOOL))))

simulate: install-toolchain ## The state machines against 150,000 different courses of things; SIMULATION_RUNS=, or SIMULATION_SEED='lost-region/0/f12e' for one
	@dotnet build tests/Shop.Simulation -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@# Runs are short-lived garbage: a larger young generation halves what collecting it costs.
	@DOTNET_GCgen0size=0x4000000 SIMULATION_RUNS=$${SIMULATION_RUNS:-150000} exec dotnet tests/Shop.Simulation/bin/$(CONFIGURATION)/net10.0/Shop.Simulation.dll --filter-class '*WhenEverythingIsTried' --ansi off --progress off

NEMESIS := tests/Shop.Nemesis/bin/$(CONFIGURATION)/net10.0/Shop.Nemesis.dll

nemesis: install artifacts/build.stamp ## Break the running store in every way of the fault matrix and judge it: artifacts/nemesis/nemesis.html; ROWS=A1,B or smoke, SEED=1
	@dotnet build tests/Shop.Nemesis -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@ROWS="$(ROWS)" SEED="$(SEED)" exec dotnet $(NEMESIS) run

experiment: install artifacts/build.stamp ## FILE=tests/Shop.Nemesis/Experiments/slow-databases.json: steady state, method, rollback; exit code 1 when it deviated
	@dotnet build tests/Shop.Nemesis -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@SEED="$(SEED)" exec dotnet $(NEMESIS) experiment "$(or $(FILE),tests/Shop.Nemesis/Experiments/slow-databases.json)"

soak: install artifacts/build.stamp ## Buyers at RATE=4 a second through MINUTES=30 of seeded faults (SEED=1); every order counted, memory and handles compared
	@dotnet build tests/Shop.Nemesis -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@MINUTES="$(MINUTES)" RATE="$(RATE)" SEED="$(SEED)" exec dotnet $(NEMESIS) soak

fuzz: install-toolchain ## Wrong events, orders, state machines and plans for MINUTES=10 in all, FUZZ_SEED=1; what fails is kept in tests/Shop.Fuzz.Tests/Corpus
	@dotnet build tests/Shop.Fuzz.Tests -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@# Four subjects, one after the other.
	@FUZZ_SECONDS=$$(( $(or $(MINUTES),10) * 60 / 4 )) FUZZ_SEED=$(or $(FUZZ_SEED),$(SEED),1) exec dotnet tests/Shop.Fuzz.Tests/bin/$(CONFIGURATION)/net10.0/Shop.Fuzz.Tests.dll --ansi off --progress off

prove-reconciliation: install ## The comparer against 200 kinds of damage and 50 kills, all seeds; RECONCILE_SEEDS=, RECONCILE_KILLS=
	@dotnet build tests/Shop.Reconciliation.Tests -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@RECONCILE_SEEDS=$${RECONCILE_SEEDS:-200} RECONCILE_KILLS=$${RECONCILE_KILLS:-50} exec dotnet tests/Shop.Reconciliation.Tests/bin/$(CONFIGURATION)/net10.0/Shop.Reconciliation.Tests.dll --filter-class '*WhenTwoPrimariesDiffer' --filter-class '*WhenTheToolIsKilled' --ansi off --progress off

bench: $(BENCH_NEEDS) ## Cold starts, hosting, state machines, load, pages, duplicates, planned moves, reconciliation, side by side; BENCH_ONLY=size,hosting,asl,cold,load,start,pages,duplicates,moves,reconcile
	@dotnet build tests/Shop.Benchmarks -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@exec dotnet tests/Shop.Benchmarks/bin/$(CONFIGURATION)/net10.0/Shop.Benchmarks.dll

# The function that does nothing, for the hosting overhead: compiled both ways.
package-sample: artifacts/package/sample-$(ARCH).stamp

artifacts/package/sample-%.stamp: $(FUNCTION_SOURCES) $(shell find tests/Shop.Lambda.Sample -name '*.cs' -not -path '*/obj/*')
	@local/install.sh toolchain
	@echo "Compiling the sample function both ways ..."
	@dotnet build tests/Shop.Lambda.Sample -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@dotnet publish tests/Shop.Lambda.Sample -c Release -r linux-$* -p:Aot=true -v quiet -clp:NoSummary
	@mkdir -p artifacts/package && touch $@

# The UI as its image has it.
package-ui: artifacts/ui-$(ARCH).stamp

artifacts/ui-%.stamp: $(shell find ui-container functions/Shop.Contracts -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -name '*.md') Directory.Build.props Directory.Packages.props
	@echo "Publishing the UI for linux-$* ..."
	@dotnet publish ui-container/Shop.Ui -c Release -r linux-$* --self-contained false -p:PublishReadyToRun=true -o artifacts/ui -v quiet -clp:NoSummary
	@touch $@

pictures: install-browser artifacts/build.stamp ## The README's pictures of the store, taken anew from a running one
	@dotnet build tests/Shop.Pictures -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@exec dotnet tests/Shop.Pictures/bin/$(CONFIGURATION)/net10.0/Shop.Pictures.dll docs/pictures

lighthouse: install-browser ## Lighthouse on four pages of a running `make up`; fails below 95 for performance and 100 for the rest
	@cd tests/lighthouse && { [ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error; }
	@exec node tests/lighthouse/audit.mjs

build: artifacts/build.stamp ## Compile what `make up` runs

install-toolchain:
	@local/install.sh toolchain

install-browser:
	@local/install.sh browser

install: ## Database servers (apt) and DynamoDB's stand-in (npm); asks for nothing it has
	@local/install.sh

# Skips even the compiler's look around when nothing has changed: `make up` twice is quick.
artifacts/build.stamp: $(SOURCES)
	@echo "Building functions, UI and host ($(CONFIGURATION)) ..."
	@dotnet build local/rehearsal.slnf -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@mkdir -p artifacts && touch $@

package: ## Every function compiled ahead of time, a zip each for Lambda; ARCH=x64|arm64 (this machine's by default)
	@local/install.sh toolchain $(ARCH)
	@rm -f artifacts/package/linux-$(ARCH).stamp
	@$(MAKE) --no-print-directory artifacts/package/linux-$(ARCH).stamp

artifacts/package/linux-%.stamp: $(FUNCTION_SOURCES)
	@local/install.sh toolchain $*
	@echo "Compiling the functions ahead of time for linux-$* (about a minute each) ..."
	@functions/package.sh $*
	@touch $@

synth: ## Templates of all stacks of both Regions into cdk/cdk.out; ENV=dev, CDK_CONTEXT="key=value …". Needs no AWS account
	@cdk/synth.sh $(ENV)

cost: ## What the synthesized templates cost a month: by service, Region and traffic, compared, with levers
	@[ -f cdk/cdk.out/manifest.json ] || cdk/synth.sh $(ENV)
	@dotnet build cdk/Shop.Cost -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@dotnet cdk/Shop.Cost/bin/$(CONFIGURATION)/net10.0/Shop.Cost.dll cdk/cdk.out

check-templates: ## cdk-nag, cfn-lint (where it is installed) and asl-validator over all templates of two sets of choices
	@cdk/check.sh

deploy: ## ENV=dev: both Regions into the account of your credentials, in order; asks first, safe to run again
	@cdk/deploy.sh $(ENV)

destroy: ## ENV=dev: removes that environment from both Regions, and nothing of another; asks first
	@cdk/destroy.sh $(ENV)

# One file without a runtime: it starts in milliseconds and can be copied to a bastion host.
PREFIX ?= $(HOME)/.local
TOOL_SOURCES = $(FUNCTION_SOURCES) $(shell find tools -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -name packages.lock.json)

install-tools: $(TOOL) ## The command shop-reconcile, compiled ahead of time, in PREFIX/bin (~/.local/bin); see docs/reconcile-your-own-database.md
	@mkdir -p $(PREFIX)/bin && install -m 755 $(TOOL) $(PREFIX)/bin/shop-reconcile
	@echo "Installed $(PREFIX)/bin/shop-reconcile. Next: shop-reconcile --help"
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo "(Add $(PREFIX)/bin to your PATH.)" ;; esac

$(TOOL): $(TOOL_SOURCES)
	@local/install.sh toolchain
	@echo "Compiling shop-reconcile ahead of time (about a minute) ..."
	@dotnet publish tools/Shop.Reconcile -c Release -r linux-$(ARCH) -p:Aot=true -v quiet -clp:NoSummary
	@mkdir -p $(dir $(TOOL)) && install -m 755 artifacts/aot/publish/Shop.Reconcile/release_linux-$(ARCH)/shop-reconcile $(TOOL)

lose-region: ## ROLE=primary|standby: kill everything that runs in that Region of a running `make up`
	@dotnet $(HOST) lose-region $(ROLE)
restore-region: ## ROLE=primary|standby: bring it back
	@dotnet $(HOST) restore-region $(ROLE)
cut-replication: ## Stop replication between the Regions
	@dotnet $(HOST) cut-replication
partition: ## Cut all links between the Regions; both live on
	@dotnet $(HOST) partition

heal: ## Undo all faults; a lost Region stays lost until it is restored
	@dotnet $(HOST) heal
fault: ## FAULT=pause-redis [ROLE=standby], or in words FAULT="link databases latency 200ms": break something; without FAULT it lists what can be broken
	@dotnet $(HOST) fault $(FAULT) $(if $(filter pause-% cut-rabbitmq,$(firstword $(FAULT))),$(ROLE))
end-fault: ## FAULT=pause-redis [ROLE=standby]: mend it
	@dotnet $(HOST) end-fault $(FAULT) $(if $(filter pause-% cut-rabbitmq,$(firstword $(FAULT))),$(ROLE))
shoppers: ## SHOPPERS=3: so many browse and buy, until SHOPPERS=0
	@dotnet $(HOST) shoppers $(or $(SHOPPERS),3)
start-failover: ## Start the unplanned failover to the Region that is not active, as an operator
	@dotnet $(HOST) start-failover
start-switchover: ## Start the planned move to the Region that is not active; needs both
	@dotnet $(HOST) start-switchover
start-failback: ## Start the planned move back to the primary, once it is ready
	@dotnet $(HOST) start-failback
start-replay: ## Put back what the newest report lists as missing; asks for an approval (make approve)
	@dotnet $(HOST) start-replay
approve: ## Approve the failover or the replay that waits for it
	@dotnet $(HOST) approve
deny: ## Deny it
	@dotnet $(HOST) deny
status: ## What runs where, who writes, what is on
	@dotnet $(HOST) status
invoke: ## FUNCTION=catalog EVENT=tests/events/catalogue-list.json [ROLE=standby]: send a function of a running `make up` an event
	@dotnet $(HOST) invoke "$(FUNCTION)" "$(EVENT)" "$(ROLE)"
report: ## The newest missing-transaction report
	@dotnet $(HOST) report
