#!/bin/sh
# Builds the root of a host of rpm packages unless it is there: Debian's own dnf or zypper in a small
# Debian root, made to look like a distribution of rpm packages. Arguments: build-root.sh
# rpm's database is the root's own; what dpkg put there is only the floor that the tools stand on.
set -eu
kind=$1 final=$2 packages=$3 key=$4
[ ! -d "$final" ] || exit 0
target=$final.building
root=$target/root
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

rm -rf --one-file-system "$target"
mkdir -p "$target"
exec >"$target/log"
# Without apt, which such a host does not have.
mmdebstrap --variant=essential --mode=root --include="$packages" \
  --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  "$codename" "$root" - <"$release"
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
: >"$root/etc/machine-id"
mkdir -p "$root/srv/lab" "$root/opt/lab"
cp "$scripts/shutdown.sh" "$root/usr/sbin/shutdown"
chmod 755 "$root/usr/sbin/shutdown"
for name in reboot poweroff halt; do ln -sf shutdown "$root/usr/sbin/$name"; done
inside() { chroot "$root" "$@"; }

# Debian's rpm would keep its database in the home folder.
mkdir -p "$root/etc/rpm" "$root/var/lib/rpm" "$root/etc/pki/rpm-gpg"
echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros.dbpath"
gpg --homedir "$key/home" --export --armor >"$root/etc/pki/rpm-gpg/RPM-GPG-KEY-lab"
inside rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-lab

rm -f "$root/etc/os-release"
case $kind in
  RPM_DNF)
    distribution=rocky-release version=9.3
    cat >"$root/etc/os-release" <<'OS'
NAME="Rocky Linux"
VERSION="9.3 (Blue Onyx)"
ID="rocky"
ID_LIKE="rhel centos fedora"
VERSION_ID="9.3"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Rocky Linux 9.3 (Blue Onyx)"
OS
    # Debian's plugin of this name fails on every call.
    printf '[main]\nenabled=false\n' >"$root/etc/dnf/plugins/local.conf"
    mkdir -p "$root/etc/yum.repos.d" "$root/etc/dnf/vars"
    echo 9 >"$root/etc/dnf/vars/releasever"
    ;;
  RPM_DNF5)
    distribution=redhat-release version=11.0
    cat >"$root/etc/os-release" <<'OS'
NAME="Red Hat Enterprise Linux"
VERSION="11.0"
ID="rhel"
ID_LIKE="fedora"
VERSION_ID="11.0"
PLATFORM_ID="platform:el11"
PRETTY_NAME="Red Hat Enterprise Linux 11.0"
OS
    # Debian switches it on, and it makes a repository of whatever is installed.
    printf '[main]\nenabled = false\n' >"$root/etc/dnf/libdnf5-plugins/local.conf"
    mkdir -p "$root/etc/yum.repos.d" "$root/etc/dnf/vars"
    echo 11 >"$root/etc/dnf/vars/releasever"
    # As distributions link it.
    ln -s dnf5 "$root/usr/bin/dnf"
    ;;
  RPM_ZYPPER)
    distribution=sles-release version=15.5
    cat >"$root/etc/os-release" <<'OS'
NAME="SLES"
VERSION="15-SP5"
VERSION_ID="15.5"
PRETTY_NAME="SUSE Linux Enterprise Server 15 SP5"
ID="sles"
ID_LIKE="suse"
OS
    mkdir -p "$root/etc/zypp/repos.d" "$root/etc/products.d"
    # As SUSE sets it: an old kernel stays beside the new one.
    printf '[main]\nmultiversion = provides:multiversion(kernel)\n' >"$root/etc/zypp/zypp.conf"
    cat >"$root/etc/products.d/SLES.prod" <<'PRODUCT'
<?xml version="1.0" encoding="UTF-8"?>
<product schemeversion="0">
  <vendor>SUSE</vendor>
  <name>SLES</name>
  <version>15.5</version>
  <release>0</release>
  <arch>x86_64</arch>
  <summary>SUSE Linux Enterprise Server 15 SP5</summary>
</product>
PRODUCT
    ln -s SLES.prod "$root/etc/products.d/baseproduct"
    ;;
esac

# Packages' scripts want /bin/sh, which no rpm package owns here: this one says that it provides it.
# Without it dnf leaves out every update that has a script, and says that all is well.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/release.spec" <<SPEC
Name: $distribution
Version: $version
Release: 1
Summary: Release files and what the root has without rpm
License: MIT
BuildArch: noarch
Provides: system-release = $version
Provides: system-release(releasever) = ${version%%.*}
Provides: /bin/sh, /usr/bin/sh, /bin/bash, /usr/bin/bash, bash
%description
Release files and what the root has without rpm.
%files
SPEC
rpmbuild --quiet -bb --define "_topdir $work" --define "_rpmdir $root/tmp" "$work/release.spec"
inside sh -c 'rpm -i /tmp/noarch/*.rpm'
rm -rf "$root/tmp/noarch"
mv "$target" "$final"
