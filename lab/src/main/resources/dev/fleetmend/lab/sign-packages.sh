#!/bin/sh
# Signs package files of rpm: sign-packages.sh KEY-FOLDER FILE...
set -eu
key=$1
shift
rpmsign --define '_gpg_name Lab archive <lab@invalid>' --define "_gpg_path $key/home" \
  --define "__gpg $(command -v gpg)" --addsign "$@"
