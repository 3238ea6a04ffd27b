# Sourced by verify and benchmarks/run: installs what they start themselves. Expects $root, the folder of the checkout.

# need_packages WHAT-NEEDS-THEM PACKAGE...
need_packages() {
  local what=$1
  shift
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing what $what: $*" >&2
    mkdir -p "$root/.build"
    install_packages "$@"
  else
    echo "What $what: $*. Install it (Debian: sudo apt-get install $*) and start again." >&2
    exit 1
  fi
}

# Installs without starting anything: servers run on their own, on ports of their own. In a subshell, for its trap.
install_packages() (
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$root/.build/install.log" 2>&1; then
    tail -n 5 "$root/.build/install.log" >&2
    echo "Could not install $*. The whole log: $root/.build/install.log" >&2
    exit 1
  fi
)
