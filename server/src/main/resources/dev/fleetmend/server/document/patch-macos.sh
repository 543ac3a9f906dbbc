# Fleetmend's patch worker for macOS: it posts what Apple's tools print, does what the server's plan says, and posts
# again. It judges nothing. POSIX sh.
set -u
umask 077
operation='{{ Operation }}'
reboot_option='{{ RebootOption }}'
baseline_override_url='{{ BaselineOverride }}'
install_override_url='{{ InstallOverrideList }}'
token='%fleetmend-worker-token%'
config=${FLEETMEND_AGENT_CONFIG:-/opt/aws/ssm/amazon-ssm-agent.json}
state=${FLEETMEND_WORKER_STATE:-/Library/Application Support/Fleetmend/worker}

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}
encoded() { base64 | tr -d '\r\n'; }

case $token in '' | *[!0-9a-f]*) fail 'The command came without a token: the server has no worker for this node. Nothing was changed.' ;; esac
case ${SSM_COMMAND_ID:-} in '' | *[!0-9A-Za-z-]*) fail 'The agent does not say which command this is. Nothing was changed.' ;; esac
settings=$(tr -d ' \t\r\n' <"$config") || fail 'The agent has no configuration. Nothing was changed.'
server=$(printf '%s' "$settings" | sed -n 's/.*"Ssm":{[^}]*"Endpoint":"\([^"]*\)".*/\1/p')
domain=$(printf '%s' "$settings" | sed -n 's/.*"ServiceDomain":"\([^"]*\)".*/\1/p')
[ -n "$server" ] || server=${domain:+https://ssm.${AWS_SSM_REGION_NAME:-}.$domain}
case $server in
  '') fail 'The configuration of the agent names no server. Nothing was changed.' ;;
  *://*) ;;
  *) server=https://$server ;;
esac
server=${server%/}
mkdir -p "$state" || fail "$state cannot be used. Nothing was changed."
find "$state" -name '*.results' -mtime +7 -exec rm -f {} +
record=$state/$SSM_COMMAND_ID.results
work=$(mktemp -d "$state/.work.XXXXXX") || fail "$state cannot be used. Nothing was changed."
trap 'rm -rf "$work"' EXIT

# The token goes by a file, so that no list of processes shows it.
printf 'header = "X-Fleetmend-Token: %s"\n' "$token" >"$work/token"
post() {
  status=$(curl -sS --max-time 300 -o "$work/answer" -w '%{http_code}' -K "$work/token" -H 'Content-Type: application/json' --data-binary "@$work/facts" "$server$1") ||
    fail "The server at $server cannot be reached."
  [ "$status" = 200 ] || fail "The server at $server did not take the facts: $(cat "$work/answer")"
}

override() {
  case $1 in
    '') return 0 ;;
    http://* | https://*) ;;
    *) fail "$1 cannot be fetched: only http and https can. Nothing was changed." ;;
  esac
  curl -fsSL --max-redirs 3 --max-time 60 --max-filesize 1000000 -o "$work/override" -- "$1" || fail "$1 cannot be fetched. Nothing was changed."
  encoded <"$work/override"
}

gather() {
  softwareupdate --list >"$work/list" 2>&1 || fail "softwareupdate cannot list what is on offer: $(tail -n 1 "$work/list"). Nothing was recorded."
  system_profiler -json SPInstallHistoryDataType >"$work/history" || fail 'system_profiler cannot show the installation history. Nothing was recorded.'
  boot_id=$(sysctl -n kern.bootsessionuuid | tr -cd '0-9A-Za-z-')
  booted_at=$(sysctl -n kern.boottime | sed -n 's/.*{ *sec *= *\([0-9]*\).*/\1/p')
  {
    printf '{"contract":1,"version":"%s","architecture":"%s"' "$(sw_vers -productVersion | tr -cd '0-9.')" "$(uname -m | tr -cd '0-9A-Za-z_')"
    printf ',"bootId":"%s","bootedAt":%s' "$boot_id" "${booted_at:-0}"
    printf ',"list":"%s"' "$(encoded <"$work/list")"
    printf ',"history":"%s"' "$(encoded <"$work/history")"
    printf ',"results":[%s],"resultsBootId":"%s","startedAt":%s' "$results" "$results_boot" "$started"
    printf ',"baselineOverride":"%s","installOverrideList":"%s"}' "$baseline_override" "$install_override"
  } >"$work/facts"
}

baseline_override=$(override "$baseline_override_url") || exit 1
install_override=
[ "$operation" != Install ] || install_override=$(override "$install_override_url") || exit 1
results=
results_boot=
started=$(date +%s)000
failed=0
restart=no
tab=$(printf '\t')

if [ -f "$record" ]; then
  # The step runs again after the reboot that it asked for: what was done is on record.
  { IFS= read -r results && IFS= read -r results_boot && IFS= read -r started && IFS= read -r failed; } <"$record" || fail "$record cannot be read."
elif [ "$operation" != Scan ]; then
  gather
  post /worker/plan
  results_boot=$boot_id
  cp "$work/answer" "$work/plan"
  while IFS="$tab" read -r word text; do
    case $word in
      note) printf '%s\n' "$text" ;;
      install)
        softwareupdate --install "$text" --agree-to-license </dev/null && code=0 || code=$?
        [ "$code" = 0 ] || failed=$((failed + 1))
        results=${results:+$results,}$(printf '{"label":"%s","code":%s}' "$(printf '%s' "$text" | encoded)" "$code")
        # The lines of a label end at the next one's.
        if [ "$code" = 0 ] && awk -v label="$text" 'index($0, "* ") { mine = ($0 ~ /^ *\* /) && substr($0, length($0) - length(label) + 1) == label } mine && (/Action: restart/ || /\[restart\]/) { found = 1 } END { exit !found }' "$work/list"; then restart=yes; fi
        ;;
    esac
  done <"$work/plan"
  if [ "$restart" = yes ] && [ "$reboot_option" = RebootIfNeeded ]; then
    printf '%s\n%s\n%s\n%s\n' "$results" "$results_boot" "$started" "$failed" >"$record" || fail "$record cannot be written."
    echo 'macOS asks for a restart: this step goes on after it.'
    exit 194
  fi
fi

gather
post /worker/facts
cat "$work/answer"
rm -f "$record"
[ "$failed" = 0 ] || fail "$failed update(s) could not be put in; the output names them."
