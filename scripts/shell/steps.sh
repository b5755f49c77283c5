# shellcheck shell=bash
# How a bash script of ours says what it does: one line a step, the log only when it failed.

mark_done='✓' mark_failed='✗'
case "${LC_ALL:-${LC_CTYPE:-${LANG:-C.UTF-8}}}" in *[Uu][Tt][Ff]*) ;; *) mark_done='+' mark_failed='x' ;; esac
accent='' dim='' red='' plain=''
if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
  accent=$'\e[35m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
fi

# step <title> <command...>: runs it, prints `✓ title 3 s` on stderr; on failure the end of its log.
step() {
  local title=$1 log started=$SECONDS
  shift
  mkdir -p "$root/.tools/logs"
  log="$root/.tools/logs/$(printf '%s' "$title" | tr -c 'A-Za-z0-9' '-').log"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%s%s%s %s %s%s s%s\n' "$accent" "$mark_done" "$plain" "$title" "$dim" $((SECONDS - started)) "$plain" >&2
  else
    local code=$?
    printf '%s%s %s%s\n' "$red" "$mark_failed" "$title" "$plain" >&2
    tail -n 30 "$log" | sed 's/^/    /' >&2
    fail "$title failed (exit $code)" "The command was: $*" "Mend the cause above, then run bin/setup again; it goes on where it stopped." "$log"
  fi
}

# fail <what> <why> <what to do> <where to read more>: four lines, exit 1.
fail() {
  printf '%sError: %s%s\n  Why:  %s\n  Do:   %s\n  More: %s\n' "$red" "$1" "$plain" "$2" "$3" "$4" >&2
  exit 1
}
