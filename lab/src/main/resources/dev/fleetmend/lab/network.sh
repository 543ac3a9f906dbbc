#!/bin/sh
# Process 1 of a lab, in a network and a pid namespace of the lab's own: network.sh LAB-FOLDER LIFETIME
# When it ends, the kernel ends everything in the lab and takes the bridge away.
set -eu
folder=$1 lifetime=$2
ip link set lo up
ip link add lab0 type bridge
ip addr add 10.99.0.1/16 dev lab0
ip link set lab0 up
# The /proc seen here is still the machine's, so this is our pid as the machine counts.
read -r pid rest </proc/self/stat
echo "$pid" >"$folder/pid.new"
mv "$folder/pid.new" "$folder/pid"
if [ "$lifetime" = OWNED ]; then
  cat >/dev/null
else
  while :; do sleep 3600 & wait $!; done
fi
