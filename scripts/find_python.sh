#!/usr/bin/env bash
# Prints the path of a Python 3.10 that runs, or says in one line what to install.
set -u
works() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

candidates=()
[ -n "${PYTHON:-}" ] && candidates+=("$PYTHON")
candidates+=("$(command -v python3.10 || true)" "$(command -v python3 || true)")
for version in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python; do candidates+=("$version"); done
command -v uv >/dev/null 2>&1 && candidates+=("$(uv python find 3.10 2>/dev/null || true)")

for python in "${candidates[@]}"; do
  if [ -n "$python" ] && works "$python"; then echo "$python"; exit 0; fi
done
echo "Python 3.10 is needed (Rasa 3.6 runs on no later one): install python3.10 with its venv module, or 'pyenv install 3.10', or 'uv python install 3.10'." >&2
exit 1
