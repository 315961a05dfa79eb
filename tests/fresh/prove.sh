#!/bin/sh
# Prove that a bare Debian 12 (python3, nothing else: no venv, make, compiler, git) runs the committed tree.
#
#   ./run fresh                what an ordinary user is told, then `./run demo --once`
#   ./run fresh test [ARGS]    `./run test [ARGS]`, which also installs the servers
#   ./run fresh TASK [ARGS]    any other task
#
# Needs root and debootstrap. How this machine reaches its package mirrors (apt sources, pip configuration, private
# certificates, name servers) is found out and lent to the bare system; all of it goes when the script ends.
set -eu
cd "$(dirname "$0")/../.."

say() { printf 'fresh: %s\n' "$*" >&2; }
[ "$(id -u)" = 0 ] || { say "needs root, for debootstrap and chroot"; exit 2; }
command -v debootstrap >/dev/null || { say "needs debootstrap: apt-get install debootstrap"; exit 2; }

# All mounts live in a namespace of our own and end with it.
if [ -z "${FRESH_INSIDE:-}" ]; then FRESH_INSIDE=1 exec unshare --mount --propagation private sh "$0" "$@"; fi

ROOT=$(mktemp -d "${TMPDIR:-/tmp}/fresh.XXXXXX")
chmod 755 "$ROOT"
trap 'umount -R "$ROOT" 2>/dev/null; rm -rf --one-file-system "$ROOT"' EXIT
trap 'exit 130' INT TERM
mount -t tmpfs -o mode=755 fresh "$ROOT"

mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n -E 's/^(deb (\[[^]]*\] )?|URIs: *)([a-z+]+:[^ ]*\/debian)\/? *.*$/\3/p' | head -n 1
}

lend() { # lend PATH: a file or folder of this machine, at the same place in the bare one
    [ -e "$1" ] || return 0
    if [ -d "$1" ]; then mkdir -p "$ROOT$1"; else mkdir -p "$ROOT$(dirname "$1")" && : >>"$ROOT$1"; fi
    mount --bind -o ro "$1" "$ROOT$1"
}

lend_mirrors() {
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" /usr/local/share/ca-certificates; do
        lend "$file"
    done
    # folders that pip's configuration names
    { cat /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" 2>/dev/null; echo "${PIP_FIND_LINKS:-} ${PIP_EXTRA_INDEX_URL:-}"; } |
        tr ' =' '\n' | sed -n -E 's#^(file://)?(/[^/]+/[^/]+).*#\2#p' | sort -u | while read -r folder; do
            case $folder in /etc/*) ;; *) [ ! -d "$folder" ] || lend "$folder" ;; esac
        done
    for file in /etc/apt/apt.conf.d/*; do
        case $(cat "$file") in *Acquire*) cp "$file" "$ROOT/etc/apt/apt.conf.d/" ;; esac
    done
}

in_bare() { # in_bare [--userspec=…] COMMAND…: with this machine's certificates and proxies, nothing else of its environment
    spec=
    case $1 in --userspec=*) spec=$1; shift ;; esac
    # shellcheck disable=SC2046,SC2086
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" CI="${CI:-}" \
        $(env | grep -E '^(PIP_|REQUESTS_CA_BUNDLE|SSL_CERT_|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY)' || true) \
        chroot $spec "$ROOT" "$@"
}

began=$(date +%s)
say "making a bare Debian 12"
debootstrap --variant=minbase --include=python3 bookworm "$ROOT" "$(mirror)" >"$ROOT.log" 2>&1 || { tail -n 20 "$ROOT.log" >&2; exit 1; }
rm -f "$ROOT.log"
lend_mirrors
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mkdir "$ROOT/listbot"
git archive HEAD | tar -x -C "$ROOT/listbot"
say "ready after $(($(date +%s) - began)) s: Python $(in_bare python3 -c 'import platform; print(platform.python_version())'), $(in_bare dpkg-query -f '.\n' -W | wc -l) packages"

say "an ordinary user without the venv module is told what to ask for:"
if told=$(in_bare --userspec=nobody /listbot/run setup 2>&1); then say "but set-up went on: $told"; exit 1; fi
say "  $told"
case $told in *"apt-get install python3-venv"*) ;; *) say "which does not name the command"; exit 1 ;; esac

[ $# -gt 0 ] || set -- demo --once
began=$(date +%s)
status=0
in_bare /listbot/run "$@" || status=$?
say "./run $* ended with $status after $(($(date +%s) - began)) s, set-up included"
began=$(date +%s)
case $1 in
    demo) [ "$status" != 0 ] || { in_bare /listbot/run "$@" >/dev/null || status=$?; say "again: $(($(date +%s) - began)) s"; } ;;
esac
exit "$status"
