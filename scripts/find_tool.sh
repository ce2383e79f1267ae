#!/usr/bin/env bash
# Prints the path of a program that the tests need, named by its Debian package; installs that where it may. Otherwise says
# in one line what to install.
set -u
export PATH="$PATH:/usr/sbin:/sbin"
package="${1-}"
case "$package" in
  chromium) commands="chromium chromium-browser google-chrome" tests="in the browser" ;;
  poppler-utils) commands="pdftotext" tests="of the documents" ;;
  redis-server) commands="redis-server valkey-server" tests="of several processes" ;;
  nginx-light) commands="nginx" tests="of deploy/" ;;
  *) echo "usage: find_tool.sh chromium|poppler-utils|redis-server|nginx-light" >&2 && exit 2 ;;
esac
found() { for command in $commands; do command -v "$command" && return; done; return 1; }

found && exit 0
may=""
[ "$(id -u)" = 0 ] && may="env"
[ -z "$may" ] && sudo -n true 2>/dev/null && may="sudo"
if [ -n "$may" ] && command -v apt-get >/dev/null; then
  echo "Installing $package for the tests $tests…" >&2
  # A service that comes with a package is not used: the tests start one of their own.
  { $may apt-get update -qq && DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends "$package"; } >/dev/null 2>&1
  found && exit 0
fi
echo "Needed for the tests $tests: apt-get install $package (one of these commands on PATH: $commands)." >&2
exit 1
