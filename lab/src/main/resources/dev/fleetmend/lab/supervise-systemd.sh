#!/bin/sh
# Keeps one host with systemd as its process 1. Arguments: supervise.sh
set -u
if [ "${inside:-no}" = no ]; then
  # As this machine counts: its processes are looked for below this one.
  read -r pid rest </proc/self/stat
  echo "$pid" >"$2/supervisor"
  inside=yes exec unshare --mount --net --propagation private "$0" "$@"
fi
scripts=$1 host=$2 base=$3 lab=$4 number=$5 name=$6
cd "$host" || exit 1
"$scripts/link.sh" "$host" "$lab" "$number" || exit 1
mount -t proc proc /proc || exit 1
mount -t overlay overlay -o "lowerdir=$base,upperdir=upper,workdir=work" root || exit 1
group=fleetmend-lab-$lab-$name
for tree in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
  if [ -w "$tree/cgroup.procs" ]; then
    mkdir -p "$tree/$group" && echo $$ >"$tree/$group/cgroup.procs"
  fi
done
set -- --quiet --register=no --keep-unit --console=pipe --resolv-conf=off --timezone=off \
  --machine="$name" --directory=root --boot
while read -r place source; do
  set -- "$@" --bind-ro="$source:$place"
done <folders
status=133
while [ $status = 133 ]; do # systemd-nspawn leaves it to its caller to boot again
  systemd-nspawn "$@"
  status=$?
done
rm -f supervisor
exit $status
