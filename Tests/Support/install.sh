# Installs what the build and the tests need and the machine lacks. Sourced, not run.

# Debian packages: the C library for YAML, and what swift-crypto's C code wants.
install_packages() {
  local missing=()
  dpkg -s libyaml-dev >/dev/null 2>&1 || missing+=(libyaml-dev)
  command -v python3 >/dev/null 2>&1 || missing+=(python3)
  command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
  [ "${#missing[@]}" -eq 0 ] && return 0
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get update -q
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "${missing[@]}"
}

# A Python with the packages of the acceptance tests, in a folder of its own; prints its path.
python_with_packages() {
  local venv="$1/.build-python"
  if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import yaml, jsonschema, openrpc, numpy, duckdb' 2>/dev/null; then
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install -q pyyaml jsonschema openrpc numpy duckdb >&2
  fi
  echo "$venv/bin/python"
}
