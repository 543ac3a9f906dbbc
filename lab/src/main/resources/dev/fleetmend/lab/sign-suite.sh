#!/bin/sh
# Writes Release and InRelease of one suite of an apt archive: sign-suite.sh DISTS/SUITE KEY-FOLDER
# DISTS/SUITE/fields holds the Release fields; its lists are in place. Nothing is written in place.
set -eu
suite=$1 key=$2
cd "$suite"
architecture=$(dpkg --print-architecture)
for list in main/binary-*/Packages; do
  gzip -1nc "$list" >"$list.gz.new"
  mv "$list.gz.new" "$list.gz"
done
rm -f Release InRelease
{
  cat fields
  echo "Architectures: $architecture"
  echo "Components: main"
  apt-ftparchive release . | sed "/ fields$/d; /\\.new$/d"
} >Release.new
gpg --homedir "$key/home" --batch --quiet --yes --clearsign -o InRelease.new Release.new
mv Release.new Release
mv InRelease.new InRelease
