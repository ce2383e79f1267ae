#!/usr/bin/env bash
# Prints the path of a Chromium; installs Debian's where it may. Otherwise says in one line what to install.
set -u
found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

found && exit 0
may=""
[ "$(id -u)" = 0 ] && may="env"
[ -z "$may" ] && sudo -n true 2>/dev/null && may="sudo"
if [ -n "$may" ] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser tests…" >&2
  { $may apt-get update -qq && DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
  found && exit 0
fi
echo "A Chromium is needed for the browser tests: apt-get install chromium (or put google-chrome on PATH)." >&2
exit 1
