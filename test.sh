#!/usr/bin/env bash
# Runs the tests: ./test.sh [arguments of dotnet test]. Needs the .NET SDK; the other thing that tests use, a Redis server, is installed where it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo ${CI:+-n} "$@" # In CI nobody is there to type a password.
  else
    return 1
  fi
}

install_redis() {
  if command -v apt-get >/dev/null; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q redis-server ||
      { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q redis-server; }
  elif command -v dnf >/dev/null; then
    as_root dnf install -y -q redis || as_root dnf install -y -q valkey-compat-redis
  elif command -v apk >/dev/null; then
    as_root apk add -q redis
  elif command -v pacman >/dev/null; then
    as_root pacman -S --noconfirm --needed redis || as_root pacman -S --noconfirm --needed valkey
  elif command -v brew >/dev/null; then
    brew install --quiet redis
  else
    return 1
  fi
}

if ! command -v dotnet >/dev/null; then
  echo "test.sh: no dotnet here. Install the .NET SDK $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json) or later: https://dot.net" >&2
  exit 1
fi

if ! command -v redis-server >/dev/null && ! install_redis </dev/null; then
  echo "test.sh: redis-server is missing and could not be installed (no root, no network, or an unknown package manager). Install it yourself; tests that need it fail without it." >&2
fi

exec dotnet test Wires.Tests -c Release --nologo --logger "trx;LogFileName=Wires.Tests.trx" --results-directory artifacts/test-results "$@"
