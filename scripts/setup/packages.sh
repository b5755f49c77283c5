# shellcheck shell=bash
# What the machine itself must have: found on PATH, installed by apt-get as root on Debian, else named.

# The programs a caller needs, as `program:what it is for`.
needed_programs() {
  echo "git:history of projects"
  echo "unzip:unpacking Keycloak"
  echo "java:Keycloak (a JRE, 17 or newer)"
  if ! command -v valkey-server >/dev/null; then echo "redis-server:limits and queues (or valkey-server)"; fi
  if [ "$with_browser" = yes ]; then echo "chromium:the journeys in a real browser"; fi
  if [ "$with_python" = yes ]; then echo "python3-venv:schemathesis (Python 3.10 or newer, with venv)"; fi
  if [ "$with_maven" = yes ]; then
    echo "javac:building the Keycloak module (a JDK, 17 or newer)"
    echo "mvn:building the Keycloak module"
  elif [ "$with_keycloak" = yes ] && ! keycloak_is_at_hand && ! keycloak_can_be_downloaded; then
    echo "mvn:fetching Keycloak, whose own download cannot be reached from here"
  fi
}

keycloak_is_at_hand() {
  local cache=${AUTHSTACK_CACHE:-/var/cache/authstack}
  [ -n "${AUTHSTACK_KEYCLOAK_HOME:-}" ] || [ -n "$(ls -A "$cache/keycloak" 2>/dev/null)" ]
}

# Only where apt-get could bring Maven instead; elsewhere `authstack deploy` says what to do.
keycloak_can_be_downloaded() {
  [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null ||
    timeout 5 bash -c '</dev/tcp/github.com/443' 2>/dev/null
}

has_program() {
  case "$1" in
    java) java_is_new_enough ;;
    chromium) find_chromium >/dev/null ;;
    python3-venv) python_is_new_enough ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

java_is_new_enough() {
  local java major
  java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  java=${java:-$(command -v java)} || return 1
  major=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${major:-0}" -ge 17 ]
}

# Debian's python3 alone cannot make a virtual environment: ensurepip is in python3-venv.
python_is_new_enough() {
  python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

# The apt packages of one program. Of the JREs, the newest long-term release this Debian carries.
apt_packages() {
  case "$1" in
    java) newest_openjdk jre-headless ;;
    javac) newest_openjdk jdk-headless ;;
    chromium) echo "chromium fonts-liberation" ;;
    mvn) echo maven ;;
    *) echo "$1" ;;
  esac
}

newest_openjdk() {
  local major
  for major in 25 21 17; do
    # `apt-cache show` succeeds for a name that other packages merely mention; only a candidate can be installed.
    if [[ $(apt-cache policy "openjdk-$major-$1" 2>/dev/null) == *"Candidate: "[0-9]* ]]; then
      echo "openjdk-$major-$1"
      return
    fi
  done
  echo "default-${1%-headless}-headless"
}

install_missing_programs() {
  local line missing=()
  while IFS= read -r line; do
    has_program "${line%%:*}" || missing+=("$line")
  done < <(needed_programs)
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    step "Package lists" apt-get update -qq
    local packages=()
    for line in "${missing[@]}"; do
      # shellcheck disable=SC2207 # package names hold no blanks, and one program may need two packages
      packages+=($(apt_packages "${line%%:*}"))
    done
    step "Packages ${packages[*]}" without_services \
      env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
    return
  fi
  local names=''
  for line in "${missing[@]}"; do names+=" ${line%%:*}"; done
  printf 'Missing on this machine:\n' >&2
  for line in "${missing[@]}"; do printf '  %-14s %s\n' "${line%%:*}" "${line#*:}" >&2; done
  fail "This machine lacks:$names" \
    "bin/setup installs packages only as root on Debian and Ubuntu." \
    "$(install_hint)" "README.md, \"What the machine needs\""
}

install_hint() {
  if command -v apt-get >/dev/null; then
    echo "sudo apt-get install git unzip openjdk-17-jre-headless redis-server chromium"
  elif command -v brew >/dev/null; then
    echo "brew install git openjdk@21 valkey && brew install --cask chromium"
  elif command -v dnf >/dev/null; then
    echo "sudo dnf install git unzip java-21-openjdk-headless valkey chromium"
  else
    echo "Install them with this system's package manager, then run bin/setup again."
  fi
}

# without_services <command...>: Debian's redis-server would start a service of its own on port 6379, and again
# at each boot. AuthStack starts its own Redis per instance, so no service is started and none is left enabled.
without_services() {
  local policy=/usr/sbin/policy-rc.d own_policy=no code=0
  if [ ! -e "$policy" ]; then
    own_policy=yes
    # shellcheck disable=SC2064 # the path is meant as it is now
    trap "rm -f '$policy'" EXIT
    printf '#!/bin/sh\n# Laid by AuthStack bin/setup while it installs; taken away after.\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  local redis_was_there=no
  if command -v redis-server >/dev/null; then redis_was_there=yes; fi
  "$@" || code=$?
  if [ "$own_policy" = yes ]; then rm -f "$policy"; fi
  if [ "$redis_was_there" = no ] && command -v redis-server >/dev/null && command -v systemctl >/dev/null; then
    systemctl disable redis-server >/dev/null 2>&1 || true
  fi
  return "$code"
}
