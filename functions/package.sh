#!/usr/bin/env bash
# Compiles every function ahead of time and packs one zip an executable for Lambda's provided.al2023 runtime.
#   functions/package.sh [x64|arm64] [PROJECT …]      without projects: all that ask for it with <PublishAot>
# Results: artifacts/package/linux-<arch>/shop-<name>/ (unpacked, what `FUNCTIONS=aot make up` runs) and shop-<name>.zip.
# RDS_CA_BUNDLE=<file> adds the certificate authorities of Aurora as rds-ca.pem.
set -euo pipefail
cd "$(dirname "$0")/.."

case $(uname -m) in aarch64) machine=arm64 ;; *) machine=x64 ;; esac
arch=${1:-$machine}
[ $# = 0 ] || shift
runtime=linux-$arch
out=artifacts/package/$runtime
# Amazon Linux 2023 has glibc 2.34: a binary that asks for a newer symbol does not start there.
newest_glibc=${NEWEST_GLIBC:-2.34}

case $arch in
  x64) cross=() ;;
  arm64) cross=() ; [ "$machine" = arm64 ] ||
    cross=("-p:CppCompilerAndLinker=$PWD/functions/packaging/aarch64-linker" -p:ObjCopyName=aarch64-linux-gnu-objcopy) ;;
  *) echo "package: the architecture is x64 or arm64, not '$arch'." >&2; exit 2 ;;
esac
if [ "$arch" = x64 ] && [ "$machine" != x64 ]; then
  echo "package: x64 functions are compiled on an x64 machine." >&2; exit 2
fi

projects=("$@")
[ ${#projects[@]} != 0 ] || mapfile -t projects < <(grep -l '<PublishAot' functions/*/*.csproj | xargs -n1 dirname | xargs -n1 basename)

check_glibc() { # BINARY
  local needs
  needs=$(readelf --dyn-syms --wide "$1" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//' | sort -uV | tail -n 1)
  [ -n "$needs" ] || { echo "package: $1 names no glibc symbol: the check can't read it." >&2; exit 1; }
  if [ "$(printf '%s\n' "$needs" "$newest_glibc" | sort -V | tail -n 1)" != "$newest_glibc" ]; then
    echo "package: $1 needs glibc $needs; Amazon Linux 2023 has $newest_glibc. Compile on a system with an older glibc." >&2
    exit 1
  fi
  printf '%s' "$needs"
}

# Only the authorities that sign AWS's endpoints: reading all the world's costs 80 ms of a cold start.
write_trusted() { # FILE
  local found=() name folder
  for name in Amazon_Root_CA_1 Amazon_Root_CA_2 Amazon_Root_CA_3 Amazon_Root_CA_4 Starfield_Services_Root_Certificate_Authority_-_G2; do
    for folder in /usr/share/ca-certificates/mozilla /etc/ssl/certs; do
      for file in "$folder/$name".crt "$folder/$name".pem; do
        [ -r "$file" ] && { found+=("$file"); break 2; }
      done
    done
  done
  if [ ${#found[@]} = 5 ]; then cat "${found[@]}" >"$1"
  else echo "package: Amazon's certificate authorities are not all on this machine (Debian: ca-certificates); the zips carry no ca.pem." >&2; fi
}

trusted=artifacts/package/ca.pem
mkdir -p "$out"
rm -f "$trusted"
write_trusted "$trusted"

printf '%-20s %8s %9s %6s %5s\n' function binary zip glibc seconds
for project in "${projects[@]}"; do
  started=$SECONDS
  name=shop-$(printf '%s' "${project#Shop.}" | tr '[:upper:]' '[:lower:]')
  log=$out/$name.log
  # The SDK does not link again when only the linker's arguments have changed.
  find "artifacts/aot/bin/$project" -path "*$runtime/native/$project" -delete 2>/dev/null || true
  if ! dotnet publish "functions/$project" -c Release -r "$runtime" -p:Aot=true -p:TrimmerSingleWarn=false "${cross[@]}" \
      -v quiet -clp:NoSummary >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    exit 1
  fi
  # Trim and AOT warnings are errors already (TreatWarningsAsErrors); this catches those that came as messages.
  if grep -E 'warning (IL|CS|NETSDK)' "$log"; then
    echo "package: $project compiles with warnings." >&2
    exit 1
  fi
  folder=$out/$name
  published=artifacts/aot/publish/$project/release_$runtime
  rm -rf "$folder" "$out/$name.zip"
  mkdir -p "$folder"
  cp "$published/$project" "$folder/bootstrap"
  (cd "$published" && find . -type f ! -name "$project" ! -name '*.pdb' ! -name '*.dbg' ! -name '*.staticwebassets.*' -print0) |
    while IFS= read -r -d '' file; do install -D -m 644 "$published/$file" "$folder/$file"; done
  [ ! -f "$trusted" ] || cp "$trusted" "$folder/ca.pem"
  [ -z "${RDS_CA_BUNDLE:-}" ] || cp "$RDS_CA_BUNDLE" "$folder/rds-ca.pem"
  chmod 755 "$folder/bootstrap"
  glibc=$(check_glibc "$folder/bootstrap") || { rm -rf "$folder"; exit 1; }
  (cd "$folder" && zip -q -9 -X -r "../$name.zip" .)
  printf '%-20s %5.1f MB %6.2f MB %6s %5d\n' "$name" "$(stat -c %s "$folder/bootstrap" | awk '{print $1/1e6}')" \
    "$(stat -c %s "$out/$name.zip" | awk '{print $1/1e6}')" "$glibc" $((SECONDS - started))
done
node functions/packaging/check-locks.mjs
