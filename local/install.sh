#!/usr/bin/env bash
# Installs the engines that the local Regions run: MariaDB, Redis, RabbitMQ and dynalite. Safe to run any time;
# with nothing to do it says nothing. The engines run as the user's own processes: no system service is started or left enabled.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() { printf 'install: %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

# `install.sh toolchain [arm64]` adds what the ahead-of-time compiler links with, `install.sh browser` that and what the browser tests drive.
toolchain=${1:-} target=${2:-} browser=
if [ "$toolchain" = browser ]; then browser=yes toolchain=toolchain; fi

missing_packages() {
  if [ "$toolchain" = toolchain ]; then
    have gcc || have clang || echo gcc libc6-dev
    have readelf || echo binutils
    have zip || echo zip
    if [ "$target" = arm64 ] && [ "$(uname -m)" != aarch64 ]; then
      have aarch64-linux-gnu-gcc || echo gcc-aarch64-linux-gnu libc6-dev-arm64-cross
    fi
  fi
  if [ -n "$browser" ]; then
    have chromium || have chromium-browser || have google-chrome || echo chromium
  fi
  have mariadbd && have mariadb-install-db || echo mariadb-server-core
  have my_print_defaults && have mariadb || echo mariadb-client-core
  have mariadb-backup || echo mariadb-backup
  have mariadb-binlog || echo mariadb-client
  # redis-tools is the server without its system service: the program is chosen by the name it is called by.
  have redis-server || have redis-check-rdb || echo redis-tools
  have epmd && [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || echo rabbitmq-server
  have setpriv || echo util-linux
  # A test plays a function in shell.
  have curl || echo curl
  have node || echo nodejs
  have npm || echo npm
}

stamp=$here/engines/node_modules/.installed
needs_npm() { ! cmp -s "$here/engines/package-lock.json" "$stamp"; }

explain() {
  cat >&2 <<EOF
install: missing: $*
install: this script installs them on Debian and Ubuntu only. Elsewhere install, by the system's package manager:
  MariaDB 10.11 or newer (mariadbd, mariadb-install-db, mariadb-backup, mariadb-binlog), Redis 7, RabbitMQ 3.10 or newer
  under /usr/lib/rabbitmq, util-linux (setpriv, setsid), Node.js 18 or newer with npm; for 'make package' gcc or clang, binutils and zip; for 'make test' Chromium
EOF
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  have apt-get || explain "$@"
  [ "$(id -u)" = 0 ] || have sudo || { say "needs root or sudo for: $*" >&2; exit 1; }
  say "installing $* (no service is started)"

  local archives policy=/usr/sbin/policy-rc.d own_policy=
  # Its own folder: container images delete the shared one after every apt command, also under a running installation.
  archives=$(mktemp -d)
  mkdir "$archives/partial"
  chmod -R a+rx "$archives"
  if [ ! -e "$policy" ]; then
    own_policy=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
  fi
  # shellcheck disable=SC2064
  trap "${own_policy:+as_root rm -f $policy;} as_root rm -rf '$archives'" EXIT

  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y
    -o DPkg::Lock::Timeout=300 -o "Dir::Cache::archives=$archives" -o APT::Sandbox::User=root)
  if ! as_root "${apt[@]}" install --no-install-recommends "$@"; then
    say 'trying again with fresh package lists'
    as_root "${apt[@]}" update
    as_root "${apt[@]}" install --no-install-recommends "$@"
  fi

  # Packages enable their services for the next boot; ours are started by the rehearsal.
  if [[ " $* " == *" rabbitmq-server "* ]] && have systemctl; then
    as_root systemctl disable --quiet rabbitmq-server.service epmd.service epmd.socket 2>/dev/null || true
  fi
}

install_npm_packages() {
  say 'installing dynalite into local/engines/node_modules'
  (cd "$here/engines" && npm ci --no-audit --no-fund --loglevel=error)
  cp "$here/engines/package-lock.json" "$stamp"
}

have dotnet || { say 'the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0' >&2; exit 1; }

mapfile -t packages < <(missing_packages | tr ' ' '\n')
if [ ${#packages[@]} = 0 ] && ! needs_npm; then
  exit 0
fi

# Two runs at once: the second waits, then finds nothing to do.
exec 9>"${TMPDIR:-/tmp}/shop-install-$(id -u).lock"
flock 9
mapfile -t packages < <(missing_packages | tr ' ' '\n')
if [ ${#packages[@]} != 0 ]; then
  install_packages "${packages[@]}"
  mapfile -t packages < <(missing_packages | tr ' ' '\n')
  [ ${#packages[@]} = 0 ] || explain "${packages[@]}"
fi

if needs_npm; then
  install_npm_packages
fi

say 'done'
