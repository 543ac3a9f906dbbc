#!/bin/sh
# Makes the inside of a host, in its new namespaces, and becomes its process 1. Arguments: supervise.sh
set -eu
scripts=$1 host=$2 base=$3 lab=$4 number=$5 name=$6
cd "$host"
read -r pid rest </proc/self/stat

"$scripts/link.sh" "$host" "$lab" "$number"

mount -t overlay overlay -o "lowerdir=$base,upperdir=upper,workdir=work" root
cd root
mount -t proc proc proc
mount --bind -o ro proc/sys proc/sys
[ ! -e proc/sysrq-trigger ] || mount --bind -o ro /dev/null proc/sysrq-trigger
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for node in null:3 zero:5 full:7 random:8 urandom:9; do
  mknod -m 666 "dev/${node%:*}" c 1 "${node#*:}"
done
mknod -m 666 dev/tty c 5 0
mkdir dev/pts dev/shm run/lock run/lab
mount -t devpts -o newinstance,ptmxmode=666,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
while read -r place source; do
  mkdir -p ".$place"
  mount --bind -o ro "$source" ".$place"
done <"$host/folders"

cat /proc/sys/kernel/random/uuid >run/lab/boot_id
mount --bind -o ro run/lab/boot_id proc/sys/kernel/random/boot_id
hostname "$name"
echo "$name" >etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" >etc/hosts
[ -s etc/machine-id ] || tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
cp "$scripts/init.sh" run/lab/init
echo "$pid" >"$host/pid.new"
mv "$host/pid.new" "$host/pid"
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 chroot . /bin/sh /run/lab/init
