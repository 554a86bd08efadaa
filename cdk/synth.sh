#!/usr/bin/env bash
# Synthesizes all stacks of both Regions into cdk/cdk.out. Needs no AWS account and looks nothing up. CDK_CONTEXT="key=value …" sets settings.
set -euo pipefail
cd "$(dirname "$0")/.."
. cdk/lib.sh
load_environment "${1:-dev}"
cdk/install.sh
dotnet build cdk/Shop.Cdk -c Release -v quiet -clp:NoSummary
# An environment that was synthesized before is not left among the others.
rm -rf cdk/cdk.out
cdk synth --quiet "${context[@]}" >/dev/null
count=$(find cdk/cdk.out -maxdepth 1 -name '*.template.json' | wc -l)
echo "$count templates are in cdk/cdk.out. Next: make check-templates, make cost; make deploy ENV=$environment deploys them."
