#!/bin/sh
# Process 1 of a lab host: starts /etc/rc.local, takes in orphans, and on USR1 reboots, on USR2 halts.
stop() {
  trap '' USR1 USR2 TERM
  kill -TERM -1
  tries=0
  while [ $tries -lt 30 ]; do
    set -- /proc/[0-9]*
    [ $# -gt 2 ] || break # this process, and a sleep that is ending
    sleep 0.1
    tries=$((tries + 1))
  done
  exit "$status"
}
trap 'status=133; stop' USR1
trap 'status=0; stop' USR2 TERM
cd /
[ ! -x /etc/rc.local ] || setsid /etc/rc.local </dev/null >/var/log/rc.local.log 2>&1 &
echo ready >/run/lab/ready
while :; do
  sleep 3600 &
  wait $!
done
