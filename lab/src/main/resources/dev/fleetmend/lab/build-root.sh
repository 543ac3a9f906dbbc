#!/bin/sh
# Builds one base root unless it is there, in a mount namespace of its own:
# build-root.sh KIND DONE-FOLDER PACKAGES KEY-FOLDER
# In the environment: codename, scripts, and the files with apt sources: release, updates.
# Leaves DONE-FOLDER/root and, for a server, DONE-FOLDER/archive.
set -eu
kind=$1 final=$2 packages=$3 key=$4
[ ! -d "$final" ] || exit 0
target=$final.building
root=$target/root
architecture=$(dpkg --print-architecture)
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

rm -rf --one-file-system "$target"
mkdir -p "$target"
exec >"$target/log"
mmdebstrap --variant=apt --mode=root --include="$packages" \
  --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  "$codename" "$root" - <"$release"

cat >"$root/etc/apt/apt.conf.d/90lab" <<'CONF'
Acquire::Languages "none";
Acquire::GzipIndexes "true";
Acquire::CompressionTypes::Order:: "lz4";
CONF
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
: >"$root/etc/machine-id"
: >"$root/etc/apt/sources.list"
mkdir -p "$root/etc/apt/keyrings" "$root/srv/lab" "$root/opt/lab"
cp "$key/lab.gpg" "$root/etc/apt/keyrings/lab.gpg"
inside() { chroot "$root" "$@"; }

# What this machine's own archive offers against the root, brought together as one signed archive:
# full lists, and the old and new files of what is outstanding.
server_archive() {
  archive=$target/archive
  rm -rf "$archive"; mkdir -p "$archive"
  cat "$release" "$updates" >"$root/etc/apt/sources.list"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  inside apt-get -qq -o Acquire::GzipIndexes=false update
  inside apt-get -s -qq dist-upgrade >"$target/plan"
  old=$(awk '/^Inst .*\[/ {gsub(/[][]/, "", $3); print $2 "=" $3}' "$target/plan")
  inside apt-get -qq -y -d dist-upgrade
  # shellcheck disable=SC2086
  inside apt-get -qq -y -d --reinstall install $old
  for list in "$root"/var/lib/apt/lists/*_InRelease; do
    field() { sed -n "s/^$1: //p" "$list" | head -n 1; }
    suite=$(field Codename)
    lists=$archive/dists/$suite/main/binary-$architecture
    mkdir -p "$lists"
    for packages_file in "${list%_InRelease}"_main_binary-"$architecture"_Packages; do
      cp "$packages_file" "$lists/Packages"
    done
    for name in Origin Label Suite Codename Version; do
      echo "$name: $(field $name)"
    done >"$archive/dists/$suite/fields"
  done
  awk '/^Package: /{p=$2} /^Version: /{v=$2} /^Architecture: /{a=$2}
       /^Filename: /{gsub(/:/, "%3a", v); print p "_" v "_" a ".deb " $2}' \
    "$archive"/dists/*/main/binary-*/Packages | sort -u >"$target/pool"
  for file in "$root"/var/cache/apt/archives/*.deb; do
    place=$(awk -v f="$(basename "$file")" '$1 == f {print $2; exit}' "$target/pool")
    mkdir -p "$archive/$(dirname "$place")"
    mv "$file" "$archive/$place"
  done
  for suite in $(ls "$archive/dists"); do "$scripts/sign-suite.sh" "$archive/dists/$suite" "$key"; done
  rm -rf "$root"/var/lib/apt/lists/* "$root/etc/resolv.conf"
  : >"$root/etc/apt/sources.list"
  for suite in $(ls "$archive/dists"); do
    echo "deb [signed-by=/etc/apt/keyrings/lab.gpg] copy:/srv/lab/debian $suite main"
  done >"$root/etc/apt/sources.list"
  mkdir -p "$root/srv/lab/debian"
  mount --bind "$archive" "$root/srv/lab/debian"
  inside apt-get -qq update
  umount "$root/srv/lab/debian"
  rmdir "$root/srv/lab/debian"
}

systemd_units() {
  inside systemctl -q mask getty.target systemd-udevd.service systemd-udev-trigger.service \
    dev-hugepages.mount
  inside systemctl -q set-default multi-user.target
  cat >"$root/etc/systemd/system/lab-ready.service" <<'UNIT'
[Unit]
Description=Tell the lab that the host is up
After=dbus.service systemd-user-sessions.service
[Service]
Type=oneshot
ExecStart=/bin/touch /run/lab-ready
[Install]
WantedBy=multi-user.target
UNIT
  inside systemctl -q enable lab-ready.service
}

case $kind in
  DEBIAN_SERVER) server_archive ;;
  DEBIAN_SYSTEMD) systemd_units ;;
esac
inside apt-get clean
[ "$kind" != DEBIAN_SERVER ] || inside apt-get -qq check
if [ "$kind" != DEBIAN_SYSTEMD ]; then
  # No daemon is started by a package's scripts, and a reboot asked for inside is a real one.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  cp "$scripts/shutdown.sh" "$root/usr/sbin/shutdown"
  for name in reboot poweroff halt; do ln -sf shutdown "$root/usr/sbin/$name"; done
  chmod 755 "$root/usr/sbin/shutdown"
fi
mv "$target" "$final"
