#!/usr/bin/env bash
# Deploys one environment into the account of the caller's credentials, both Regions, in order; safe to run again.
#   cdk/deploy.sh ENV            make deploy ENV=dev
# IMAGE=docker|codebuild|skip   who builds the UI's image (docker where it runs, else CodeBuild)
# YES=1                         does not ask
# STACKS="standby-data …"       only these, in this order: for when the other Region is lost and can't be deployed to
set -euo pipefail
cd "$(dirname "$0")/.."
. cdk/lib.sh
load_environment "${1:-}"
need_tools
need_account
[ -n "${STACKS:-}" ] || need_bootstrap
confirm "Deploy $environment to account $account, Regions ${regions[*]}? This costs money: see make cost." || exit 1

say "packaging functions (linux-$architecture)"
RDS_CA_BUNDLE=$(authorities) && export RDS_CA_BUNDLE
make --no-print-directory package "ARCH=$architecture"
check_packages

tag=$(image_tag)
context+=(-c "uiImageTag=$tag")
if [ -z "${STACKS:-}" ] && ! enough_concurrency; then context+=(-c reserveConcurrency=false); fi

if [ -n "${STACKS:-}" ]; then
  for stack in $STACKS; do deploy "$stack"; done
  exit 0
fi

for region in "${roles[@]}"; do deploy "$region-network"; done
build_image "$tag"
share_facts
deploy primary-global
for region in "${roles[@]}"; do deploy "$region-data"; done
share_writers
if has_standby; then
  deploy standby-link
  share_facts
  deploy primary-link
fi
for region in "${roles[@]}"; do deploy "$region-services"; done
share_facts
deploy primary-secrets
if [ "$routing" = arc ] || ! has_standby; then deploy primary-routing; share_routing; fi
if has_standby; then
  for region in "${roles[@]}"; do deploy "$region-orchestration"; done
  if [ "$routing" != arc ]; then deploy primary-routing; fi
fi
migrate
if has_standby && [ "$routing" = arc ]; then open_routing; fi
for region in "${roles[@]}"; do deploy "$region-observability"; done
if has_standby; then for region in "${roles[@]}"; do deploy "$region-chaos"; done; fi
if [ "$client" = true ]; then for region in "${roles[@]}"; do deploy "$region-client"; done; fi

say "$environment is deployed"
outputs
say "next: docs/runbook.md says how to watch and move it; make destroy ENV=$environment ends the costs"
