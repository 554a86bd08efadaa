#!/usr/bin/env bash
# Others' tools over the templates: cdk-nag's AwsSolutions rules, cfn-lint where it is (schemas of all resources), and an independent validator over the
# state machines. Synthesizes two sets: the defaults, and every other choice.
#   cdk/check.sh [nag|lint|asl]   one of them only
set -euo pipefail
cd "$(dirname "$0")/.."
. cdk/lib.sh
only=${1:-}
cdk/install.sh
failed=0
sets=$(mktemp -d)
trap 'rm -rf "$sets"' EXIT

if [ -z "$only" ] || [ "$only" = asl ]; then
  node cdk/checks/asl.mjs || failed=1
fi
if [ "$only" != asl ]; then
  dotnet build cdk/Shop.Cdk -c Release -v quiet -clp:NoSummary
  CDK_OUTDIR=$sets/default dotnet cdk/Shop.Cdk/bin/Release/net10.0/Shop.Cdk.dll 2>/dev/null
  other=$(node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync("cdk/checks/other-choices.json", "utf8")))')
  CDK_CONTEXT_JSON=$other CDK_OUTDIR=$sets/other dotnet cdk/Shop.Cdk/bin/Release/net10.0/Shop.Cdk.dll 2>/dev/null
fi
if [ -z "$only" ] || [ "$only" = nag ]; then
  node cdk/checks/nag.mjs "$sets/default" "$sets/other" || failed=1
fi
if [ -z "$only" ] || [ "$only" = lint ]; then
  if command -v cfn-lint >/dev/null; then
    # W3005: the CDK names dependencies twice. W3010: zones are settings, for nothing is looked up.
    cfn-lint --ignore-checks W3005 W3010 -- "$sets"/*/*.template.json || failed=1
    echo "$(cfn-lint --version): $(ls "$sets"/*/*.template.json | wc -l) templates"
  else
    echo "cfn-lint is not on this machine (pip install cfn-lint): the schemas of the resources were not checked."
  fi
fi
exit $failed
