# shellcheck shell=bash
# Node 24 from the npm registry into .tools/, when the machine's own is older than 22.18.

node_version=24.21.0

install_node() {
  if use_node; then return; fi
  local folder package
  folder=$(own_node_folder)
  if [ -z "$folder" ]; then
    fail "Node 22.18 or newer is needed" \
      "This machine has $(node --version 2>/dev/null || echo none), and no Node package exists for $(uname -s) $(uname -m)." \
      "Install Node 24 (LTS) with this system's package manager, then run bin/setup again." "README.md"
  fi
  if ! command -v npm >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      step "Package lists" apt-get update -qq
      step "Package npm" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm ca-certificates
    else
      fail "npm is needed" "Neither Node nor npm is on PATH." \
        "Install Node 24 (LTS), which brings npm, then run bin/setup again." "README.md"
    fi
  fi
  package=$(basename "$(dirname "$folder")")
  step "Node $node_version" npm_into "$root/.tools" "$package@$node_version"
  # An npm older than 10 cannot read this repository's lock file as it was written.
  if [ "$(npm --version | cut -d. -f1)" -lt 10 ]; then
    step "npm 11" npm_into "$root/.tools/npm" npm@11
  fi
  use_node || fail "Node $node_version does not start" "It was installed into $folder." \
    "Run '$folder/node --version' to see why; delete .tools/ to install it again." "README.md"
}

npm_into() {
  mkdir -p "$1"
  npm install --prefix "$1" --no-save --no-package-lock --ignore-scripts --no-fund --no-audit --workspaces=false "$2"
}
