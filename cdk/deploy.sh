#!/usr/bin/env bash
# Deploys one environment into the account of the caller's credentials, both Regions, in order; safe to run again.
#   cdk/deploy.sh ENV            make deploy ENV=dev
# IMAGE=docker|codebuild|skip   who builds the UI's image (docker where it runs, else CodeBuild)
# YES=1                         does not ask
# STACKS="standby-data …"       only these, in this order: for when the other Region is lost and can't be deployed to
set -euo pipefail
cd "$(dirname "$0")/.."
. cdk/lib.sh
. cdk/image.sh
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

if [ -n "${STACKS:-}" ]; then
  # Of these Regions alone: the other one may not answer.
  concerned=()
  for role in "${roles[@]}"; do case " $STACKS" in *" $role-"*) concerned+=("$role") ;; esac; done
  reserve_in $(for role in "${concerned[@]}"; do region_of "$role"; done)
  for stack in $STACKS; do
    case $stack in *-services) build_image "$tag" "${stack%-services}" ;; esac
    deploy "$stack"
  done
  exit 0
fi

reserve_in "${regions[@]}"

for region in "${roles[@]}"; do deploy "$region-network"; done
build_image "$tag" "${roles[@]}"
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
if [ "$routing" = arc ] || ! has_standby; then deploy primary-routing; share_routing; fi
if has_standby; then
  for region in "${roles[@]}"; do deploy "$region-orchestration"; done
  if [ "$routing" != arc ]; then deploy primary-routing; fi
fi
migrate
# Secrets Manager tries a rotation out at once, with logins that the migration has just made.
deploy primary-secrets
if has_standby && [ "$routing" = arc ]; then open_routing; fi
for region in "${roles[@]}"; do deploy "$region-observability"; done
if has_standby; then for region in "${roles[@]}"; do deploy "$region-chaos"; done; fi
if [ "$client" = true ]; then for region in "${roles[@]}"; do deploy "$region-client"; done; fi

say "$environment is deployed"
outputs
say "next: docs/runbook.md says how to watch and move it; make destroy ENV=$environment ends the costs"
