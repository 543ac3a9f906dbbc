# The agent that took this command is not Fleetmend's: fetch the worker that is, and let it do the work
# with this agent's credentials. What the command says, the worker asks of the server.
set -u
umask 077
fail() { echo "$1 Nothing was changed by this step." >&2; exit 1; }
fetch() {
  if command -v curl >/dev/null 2>&1; then curl -fsS --retry 8 --retry-delay 5 --retry-connrefused -o "$2" "$1"
  else wget -q --tries=9 --waitretry=5 --retry-connrefused -O "$2" "$1"; fi
}
settings=$(tr -d ' \t\r\n' </etc/amazon/ssm/amazon-ssm-agent.json) || fail 'The agent has no configuration.'
server=$(printf '%s' "$settings" | sed -n 's/.*"Ssm":{[^}]*"Endpoint":"\([^"]*\)".*/\1/p')
domain=$(printf '%s' "$settings" | sed -n 's/.*"ServiceDomain":"\([^"]*\)".*/\1/p')
[ -n "$server" ] || server=${domain:+https://ssm.$AWS_SSM_REGION_NAME.$domain}
case $server in '') fail 'The configuration of the agent names no server.' ;; *://*) ;; *) server=https://$server ;; esac
server=${server%/}
case $(uname -m) in x86_64) platform=linux-x64 ;; aarch64) platform=linux-arm64 ;; ppc64le | riscv64 | s390x) platform=linux-$(uname -m) ;; *) fail "There is no worker for the processor $(uname -m)." ;; esac
home=/var/lib/fleetmend/guest
mkdir -p "$home" && work=$(mktemp -d "$home/.new.XXXXXX") || fail "$home cannot be used."
trap 'rm -rf "$work"' EXIT
image=$server/agent/$platform/fleetmend-agent.tar.gz
fetch "$image.sha256" "$work/sha256" || fail "There is no worker for $platform at $server, or it cannot be reached."
hash=$(cut -c 1-64 "$work/sha256")
case $hash in *[!0-9a-f]* | '') fail "$server gives no hash of the worker." ;; esac
if [ ! -x "$home/$hash/bin/fleetmend-agent" ]; then
  fetch "$image" "$work/image.tar.gz" || fail "The worker cannot be fetched from $server."
  echo "$hash  $work/image.tar.gz" | sha256sum -c --status || fail "The worker from $server has another hash."
  mkdir "$work/image" && tar -xzf "$work/image.tar.gz" -C "$work/image" || fail 'The worker cannot be unpacked.'
  mv -T "$work/image" "$home/$hash" 2>/dev/null || [ -x "$home/$hash/bin/fleetmend-agent" ] || fail "$home cannot be used."
  find "$home" -mindepth 1 -maxdepth 1 ! -name "$hash" -mtime +30 -exec rm -rf {} +
fi
rm -rf "$work"
"$home/$hash/bin/fleetmend-agent" guest --command "$SSM_COMMAND_ID" --step "${step:-}" --node "$AWS_SSM_INSTANCE_ID" --region "$AWS_SSM_REGION_NAME" --endpoint "$server" --credentials "${AWS_SHARED_CREDENTIALS_FILE:-/root/.aws/credentials}"
