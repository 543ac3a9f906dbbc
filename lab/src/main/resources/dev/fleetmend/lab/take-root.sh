#!/bin/sh
# Makes a base root of a root that somebody has put on this machine, unless it is there.
# Arguments: take-root.sh KIND FINAL PACKAGES KEY; $given is the folder of the root that is taken.
set -eu
final=$2 key=$4
[ ! -d "$final" ] || exit 0
if [ -z "$given" ]; then
  echo "no Debian has yum 3, and FLEETMEND_LAB_YUM_ROOT names no root that has it" >&2
  exit 1
fi
if [ ! -x "$given/usr/bin/yum" ] || [ ! -d "$given/usr/share/yum-cli" ]; then
  echo "$given is no root with yum 3" >&2
  exit 1
fi
target=$final.building
root=$target/root

rm -rf --one-file-system "$target"
mkdir -p "$target"
exec >"$target/log"
cp -a "$given" "$root"
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
: >"$root/etc/machine-id"
mkdir -p "$root/srv/lab" "$root/opt/lab" "$root/etc/pki/rpm-gpg" "$root/proc" "$root/sys" "$root/dev"
cp "$scripts/shutdown.sh" "$root/usr/sbin/shutdown"
chmod 755 "$root/usr/sbin/shutdown"
for name in reboot poweroff halt; do ln -sf shutdown "$root/usr/sbin/$name"; done

# A lab host reaches no repository but the lab's.
rm -rf "$root"/etc/yum.repos.d/*.repo "$root"/var/cache/yum/*
gpg --homedir "$key/home" --export --armor >"$root/etc/pki/rpm-gpg/RPM-GPG-KEY-lab"
chroot "$root" rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-lab
mv "$target" "$final"
