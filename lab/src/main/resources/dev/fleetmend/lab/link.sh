#!/bin/sh
# Connects the network namespace this runs in to the lab's bridge: link.sh HOST-FOLDER LAB-PID NUMBER
# The far end is down while HOST-FOLDER/cut is there. The MAC address stays the same over boots, so
# that neighbours find the host at once.
set -eu
host=$1 lab=$2 number=$3
outside() { nsenter --net="/proc/$lab/ns/net" "$@"; }
outside ip link del "h$number" 2>/dev/null || :
mac=$(printf '02:00:00:00:%02x:%02x' $((number / 256)) $((number % 256)))
ip link add eth0 address "$mac" type veth peer name "h$number" netns "/proc/$lab/ns/net"
outside ip link set "h$number" master lab0
[ -e "$host/cut" ] || outside ip link set "h$number" up
ip link set lo up
ip addr add "10.99.$((number / 250)).$((number % 250 + 2))/16" dev eth0
ip link set eth0 up
