#!/usr/bin/env bash
# Prints the path of an nginx; installs Debian's where it may. Otherwise says in one line what to install.
set -u
export PATH="$PATH:/usr/sbin:/sbin"
found() { command -v nginx; }

found && exit 0
may=""
[ "$(id -u)" = 0 ] && may="env"
[ -z "$may" ] && sudo -n true 2>/dev/null && may="sudo"
if [ -n "$may" ] && command -v apt-get >/dev/null; then
  echo "Installing nginx for the tests of deploy/…" >&2
  # The tests start one of their own; the service that comes with the package is not used.
  { $may apt-get update -qq && DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends nginx-light; } >/dev/null 2>&1
  found && exit 0
fi
echo "An nginx is needed for the tests of deploy/: apt-get install nginx-light." >&2
exit 1
