#!/bin/sh
# Install what tests need from the system's own packages: they are skipped without it.
set -u
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

has_any() { # commands
    for command in "$@"; do command -v "$command" >/dev/null && return; done
    return 1
}

apt() { apt-get --yes --quiet -o Acquire::Retries=1 -o DPkg::Lock::Timeout=60 "$@"; }

# Ubuntu knows the name chromium, but what it would install fetches a browser from elsewhere: it has no candidate.
has_candidates() { # packages
    for name in "$@"; do apt-cache policy "$name" | grep -q 'Candidate: [0-9]' || return; done
}

apt_install() { # packages
    has_candidates "$@" && apt install --no-install-recommends "$@" && return
    apt update && has_candidates "$@" && apt install --no-install-recommends "$@"
}

install() { # what is skipped without it, packages
    skipped=$1 package=$2
    shift
    if ! has_any apt-get; then
        echo "$package is missing, there is no apt-get to install it and $skipped are skipped" >&2
    elif [ "$(id -u)" -ne 0 ]; then
        echo "$package is missing, only root can install it and $skipped are skipped" >&2
    else
        echo "installing $package, which $skipped need" >&2
        apt_install "$@" </dev/null >/dev/null 2>&1 && return
        echo "$package is missing, apt-get cannot install it and $skipped are skipped" >&2
    fi
}

# The browser without a window, which opens a page in half the time, or else the whole. Without a font of its own, a bare system
# shows a page's text as boxes.
if has_any apt-get && ! has_any chromium-headless-shell && [ "$(id -u)" -eq 0 ]; then
    apt_install chromium-headless-shell fonts-liberation </dev/null >/dev/null 2>&1
fi
has_any chromium-headless-shell chromium chromium-browser google-chrome || install "the tests in a browser" chromium fonts-liberation
has_any java || install "the tests of HTML's rules" default-jre-headless
has_any npm || install "the tests of the editor, of accessibility and of HTML's rules" npm
has_any soffice libreoffice || install "the tests of slides, notes and workbooks in another program" libreoffice-calc-nogui libreoffice-impress-nogui libreoffice-writer-nogui
exit 0
