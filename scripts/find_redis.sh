#!/usr/bin/env bash
# Prints the path of a redis-server (or valkey-server); installs Debian's where it may. Otherwise says in one line what
# to install.
set -u
found() { command -v redis-server || command -v valkey-server; }

found && exit 0
may=""
[ "$(id -u)" = 0 ] && may="env"
[ -z "$may" ] && sudo -n true 2>/dev/null && may="sudo"
if [ -n "$may" ] && command -v apt-get >/dev/null; then
  echo "Installing redis-server for the tests of several processes…" >&2
  # The tests start one of their own; the service that comes with the package is not used.
  { $may apt-get update -qq && DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends redis-server; } >/dev/null 2>&1
  found && exit 0
fi
echo "A Redis is needed for the tests of several processes: apt-get install redis-server (or valkey-server)." >&2
exit 1
