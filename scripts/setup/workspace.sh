# shellcheck shell=bash
# npm packages and built packages, each done again only when what it is made from has changed.

# once <stamp> <title> <must exist> <inputs...> -- <command...>
# Runs the command unless it ran before on the same inputs (by content) and its output is still there.
once() {
  local stamp="$root/.tools/stamps/$1" title=$2 output=$3 inputs=() now
  shift 3
  while [ "$1" != -- ]; do
    inputs+=("$1")
    shift
  done
  shift
  now=$(content_hash "${inputs[@]}")
  if [ -e "$output" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return; fi
  step "$title" "$@"
  mkdir -p "$(dirname "$stamp")"
  # Hashed again: the command may write one of its own inputs, as npm may its lock file.
  content_hash "${inputs[@]}" >"$stamp"
}

content_hash() {
  local path
  {
    node --version
    for path in "$@"; do
      if [ -e "$path" ]; then find "$path" -name node_modules -prune -o -type f -print; fi
    done | LC_ALL=C sort | git hash-object --no-filters --stdin-paths
  } | git hash-object --stdin
}

in_folder() (
  cd "$1" && shift && "$@"
)

prepare_workspace() {
  once npm "npm packages" node_modules/.package-lock.json package.json package-lock.json \
    cli/package.json react/package.json scripts/package.json -- npm ci --ignore-scripts
  # Packing builds it first (npm's prepack).
  once react "Build and pack @authstack/react" templates/auth-server/vendor/authstack-react.tgz \
    react/src react/scripts react/package.json react/tsconfig.json react/tsconfig.build.json \
    package-lock.json scripts/vendor-react.sh -- bash scripts/vendor-react.sh
  once cli "Build the CLI" cli/dist cli/src cli/package.json cli/tsconfig.json tsconfig.base.json \
    package-lock.json -- npm run build --workspace cli
}

# Only for the checks: `init` installs a project's packages itself, in the project.
prepare_templates() {
  local name
  for name in auth-server react-app; do
    once "template-$name" "Packages of templates/$name" "templates/$name/node_modules/.package-lock.json" \
      "templates/$name/package.json" "templates/$name/package-lock.json" "templates/$name/vendor" -- \
      in_folder "templates/$name" npm ci --ignore-scripts
  done
}

# Only for the contract step. Pinned to the last package, so that a check of today and of next year ask the same.
prepare_schemathesis() {
  once schemathesis "schemathesis, from PyPI" .tools/schemathesis/bin/schemathesis \
    scripts/setup/schemathesis.txt -- install_schemathesis
}

install_schemathesis() {
  rm -rf .tools/schemathesis
  python3 -m venv .tools/schemathesis
  .tools/schemathesis/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
    --requirement scripts/setup/schemathesis.txt
}
