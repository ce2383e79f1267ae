#!/usr/bin/env bash
# Prints the path of a Python 3.11 or later that runs, or says in one line what to install.
set -u
works() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

candidates=()
[ -n "${MATRIX_PYTHON:-}" ] && candidates+=("$MATRIX_PYTHON")
for version in 3.13 3.12 3.11; do
  candidates+=("$(command -v "python$version" || true)")
  for python in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do candidates+=("$python"); done
done
candidates+=("$(command -v python3 || true)")
command -v uv >/dev/null 2>&1 && candidates+=("$(uv python find '>=3.11' 2>/dev/null || true)")

for python in "${candidates[@]}"; do
  if [ -n "$python" ] && works "$python"; then echo "$python"; exit 0; fi
done
echo "Python 3.11 or later is needed for the Matrix bridge: install it with its venv module, or name one: MATRIX_PYTHON=…" >&2
exit 1
