#!/usr/bin/env bash
# Prints the folder of poppler's tools; installs Debian's where it may. Otherwise says in one line what to install.
set -u
found() { command -v pdftotext >/dev/null && command -v pdfinfo >/dev/null && dirname "$(command -v pdftotext)"; }

found && exit 0
may=""
[ "$(id -u)" = 0 ] && may="env"
[ -z "$may" ] && sudo -n true 2>/dev/null && may="sudo"
if [ -n "$may" ] && command -v apt-get >/dev/null; then
  echo "Installing poppler-utils for the tests of the documents…" >&2
  { $may apt-get update -qq && DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends poppler-utils; } >/dev/null 2>&1
  found && exit 0
fi
echo "Poppler's tools are needed to open the documents in the tests: apt-get install poppler-utils." >&2
exit 1
