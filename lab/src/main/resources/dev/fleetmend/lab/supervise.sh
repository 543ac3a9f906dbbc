#!/bin/sh
# Keeps one host: boots it, and boots it again when it asked for that (status 133).
# supervise.sh SCRIPTS HOST-FOLDER BASE-ROOT LAB-PID NUMBER NAME
set -u
scripts=$1 host=$2
while :; do
  rm -f "$host/pid"
  unshare --mount --uts --ipc --net --time --boottime "-$(cut -d. -f1 /proc/uptime)" \
    --pid --fork --kill-child=KILL --propagation private \
    "$scripts/boot.sh" "$@"
  status=$?
  [ $status = 133 ] || break
done
rm -f "$host/pid"
exit $status
