#!/bin/sh
# Installs the Fleetmend agent on this host, or replaces it by the server's; a host that is a node stays
# the node it is. Printed by './fleetmend agent enroll --print'. What it needs: root, curl, tar, gzip,
# sha256sum; no Java. As root:
#   install.sh --server URL --activation-id ID [--activation-code-file FILE] [--again]
# The activation's code comes from the file, or from standard input; from nowhere else.
set -eu
umask 022

region='@REGION@'

# What the server is trusted by; empty where it speaks plain http.
authority() {
  cat <<'PEM'
@AUTHORITY@
PEM
}

# The SHA-256 of the archive for a platform.
hash_of() {
  case $1 in
@HASHES@
    *) return 1 ;;
  esac
}

base=/opt/fleetmend-agent
state=/var/lib/fleetmend
config=/etc/fleetmend/agent.json

say() { printf 'fleetmend: %s\n' "$1" >&2; }
fail() {
  say "$1; nothing was installed"
  exit 1
}

work=
made_state=
made_config=
done=
terminal=
# Whatever ends this early leaves the host as it was.
clean() {
  [ -z "$terminal" ] || stty "$terminal" </dev/tty 2>/dev/null || :
  [ -z "$work" ] || rm -rf "$work"
  if [ -z "$done" ]; then
    [ -z "$made_state" ] || rm -rf "$state"
    [ -z "$made_config" ] || rm -rf "${config%/*}"
  fi
}

platform() {
  [ "$(uname -s)" = Linux ] || fail "this is $(uname -s); there is an agent for Linux only"
  case $(uname -m) in
    x86_64 | amd64) echo linux-x64 ;;
    aarch64 | arm64) echo linux-arm64 ;;
    ppc64le | riscv64 | s390x) echo "linux-$(uname -m)" ;;
    *) fail "there is no agent for the processor $(uname -m)" ;;
  esac
}

# Without an echo where a person types it; never an argument of any process.
read_code() {
  if [ -n "$code_file" ]; then
    [ -r "$code_file" ] || fail "cannot read $code_file"
    IFS= read -r code <"$code_file" || [ -n "$code" ] || fail "$code_file holds no activation code"
  else
    if [ -t 0 ]; then
      printf 'Activation code: ' >&2
      terminal=$(stty -g)
      stty -echo
    fi
    IFS= read -r code || [ -n "$code" ] || fail "there is no activation code on standard input"
    if [ -n "$terminal" ]; then
      stty "$terminal"
      terminal=
      echo >&2
    fi
  fi
}

fetch() {
  case $server in
    https://*)
      [ -s "$work/ca.pem" ] || fail "$server speaks no TLS, by what it says itself; use its http address"
      curl -fsS --proto '=https' --cacert "$work/ca.pem" -o "$1" "$2" </dev/null
      ;;
    http://*)
      # Over plain http only what the server's own machine forwards may be believed.
      curl -fsS --proto '=http' -o "$1" "$2" </dev/null
      ;;
    *) fail "--server takes an https or http address" ;;
  esac
}

enrol() {
  set -- enroll --endpoint "$server" --region "$region" --activation-id "$activation" \
    --state "$state" --config "$config" $again
  [ ! -s "$work/ca.pem" ] || set -- "$@" --ca "$work/ca.pem"
  [ -e "$state" ] || made_state=yes
  [ -e "${config%/*}" ] || made_config=yes
  "$work/image/bin/fleetmend-agent" "$@" >"$work/node" <<CODE || fail "this host was not enrolled"
$code
CODE
}

main() {
  server='' activation='' code_file='' again='' code=''
  while [ $# -gt 0 ]; do
    case $1 in
      --server | --activation-id | --activation-code-file)
        [ $# -ge 2 ] || fail "$1 needs a value"
        case $1 in
          --server) server=${2%/} ;;
          --activation-id) activation=$2 ;;
          *) code_file=$2 ;;
        esac
        shift 2
        ;;
      --again)
        again=--again
        shift
        ;;
      *) fail "there is no option $1" ;;
    esac
  done
  [ -n "$server" ] || fail "--server is missing"
  [ "$(id -u)" = 0 ] || fail "this must run as root"
  for tool in curl tar gzip sha256sum mktemp readlink; do
    command -v "$tool" >/dev/null 2>&1 || fail "this host has no $tool"
  done
  platform=$(platform)
  hash=$(hash_of "$platform") || fail "the server has no agent for $platform"

  trap clean EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -p "${base%/*}"
  work=$(mktemp -d "${base%/*}/.fleetmend-agent.XXXXXX")
  authority >"$work/ca.pem"
  [ -n "$(cat "$work/ca.pem")" ] || : >"$work/ca.pem"

  enrolled=
  if [ -e "$state/identity/registration.json" ] && [ -z "$again" ]; then
    enrolled=yes
    if [ -s "$work/ca.pem" ] && ! cmp -s "$work/ca.pem" "$state/server-ca.pem"; then
      fail "this host is a node of another server; take its agent off first ($base/current/bin/fleetmend-agent-setup purge)"
    fi
  else
    [ -n "$activation" ] || fail "--activation-id is missing"
    read_code
  fi

  fetch "$work/agent.tar.gz" "$server/agent/$platform/fleetmend-agent.tar.gz" ||
    fail "the agent could not be fetched from $server"
  [ "$(sha256sum <"$work/agent.tar.gz" | cut -d ' ' -f 1)" = "$hash" ] ||
    fail "what $server gives away is not the agent that this script is for (its SHA-256 differs)"
  mkdir "$work/image"
  tar -xzf "$work/agent.tar.gz" -C "$work/image" </dev/null || fail "the agent could not be unpacked"
  "$work/image/bin/java" -version </dev/null >/dev/null 2>&1 ||
    fail "the agent's Java does not run on this host (it needs glibc, and $base on a file system that may run programs)"
  [ -n "$enrolled" ] || enrol

  # From here on the host is a node; said again, this goes on where it stopped.
  done=yes
  chmod 755 "$work/image"
  mkdir -p "$base/versions"
  [ -d "$base/versions/$hash" ] || mv "$work/image" "$base/versions/$hash"
  before=$(readlink "$base/current" 2>/dev/null) || before=
  ln -sfn "versions/$hash" "$base/next"
  mv -fT "$base/next" "$base/current"
  "$base/current/bin/fleetmend-agent-setup" start </dev/null ||
    { say "the agent is installed, but could not be started"; exit 1; }
  for version in "$base"/versions/*; do
    case versions/${version##*/} in
      "versions/$hash" | "$before") ;;
      *) rm -rf "$version" ;;
    esac
  done
  node=$(sed -n 's/.*"instanceId" *: *"\([^"]*\)".*/\1/p' "$state/identity/registration.json")
  say "this host is $node, and its agent runs"
}

main "$@"
