# Downloads exact package versions by yum's library, for Python 2.
# Arguments: cache folder, folder for the packages, then six a package: repository, name, epoch,
# version, release, architecture. What could not be had is told in lines that begin with "E: ".
import os
import sys
import urllib

import yum

causes = {}


def failed(failure):
    # Of several mirrors the last; yum itself tells only that it has no more of them.
    causes[urllib.unquote(os.path.basename(failure.url))] = str(failure.exception)
    return {}  # what yum itself would do next is right


base = yum.YumBase()
base.preconf.debuglevel = 0
base.preconf.errorlevel = 0
base.preconf.disabled_plugins = ['versionlock', 'priorities']
base.conf.cachedir = sys.argv[1]
base.conf.downloaddir = sys.argv[2]
base.conf.mddownloadpolicy = 'xml'
base.conf.metadata_expire = -1
base.conf.disable_excludes = ['all']

wanted = []
asked = sys.argv[3:]
for at in range(0, len(asked), 6):
    repository, name, epoch, version, release, arch = asked[at : at + 6]
    found = base.pkgSack.searchNevra(name, epoch, version, release, arch)
    for one in [package for package in found if package.repoid == repository][:1]:
        one.repo.copy_local = True
        wanted.append(one)

base.repos.setMirrorFailureCallback(failed)
for package, errors in base.downloadPkgs(wanted).items():
    cause = causes.get(os.path.basename(package.remote_path))
    for error in [cause] if cause else errors:
        sys.stdout.write('E: %s: %s\n' % (package, error))
