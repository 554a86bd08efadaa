#!/usr/bin/env bash
# Installs the CDK's command line and the checks of its templates, by npm and the lock file. Says nothing when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "cdk: npm is missing (Node.js 18 or newer)." >&2; exit 1; }
stamp=node_modules/.installed
if ! cmp -s package-lock.json "$stamp"; then
  echo "cdk: installing its command line and checks (npm) ..."
  npm ci --no-audit --no-fund --loglevel error
  cp package-lock.json "$stamp"
fi
