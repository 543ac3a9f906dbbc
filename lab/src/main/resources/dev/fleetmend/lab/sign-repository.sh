#!/bin/sh
# Writes and signs the lists of one repository of rpm packages: sign-repository.sh FOLDER KEY-FOLDER
# Its notices are taken from FOLDER/updateinfo.xml, its modules from FOLDER/modules.yaml, where these
# are there.
set -eu
repository=$1 key=$2
cd "$repository"
createrepo_c --quiet --no-database --simple-md-filenames .
if [ -s updateinfo.xml ]; then
  modifyrepo_c --mdtype=updateinfo updateinfo.xml repodata >/dev/null
fi
if [ -s modules.yaml ]; then
  modifyrepo_c --mdtype=modules modules.yaml repodata >/dev/null
fi
gpg --homedir "$key/home" --batch --quiet --yes --armor --detach-sign repodata/repomd.xml
gpg --homedir "$key/home" --batch --export --armor >repodata/repomd.xml.key
