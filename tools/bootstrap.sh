#!/bin/sh
# Make .venv and put into it what a lock names, with hashes: `tools/bootstrap.sh requirements.lock`.
# Needs python >= 3.11 (PYTHON names another one); uses uv where it is present. On Debian, root gets what venv lacks.
set -eu
cd "$(dirname "$0")/.."

lock=$1
venv=.venv
export NODE_USE_SYSTEM_CA=1 # the wheel's Node else knows only its own authorities, not those of an office's network

say() { echo "sushui: $*" >&2; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed. Install it, or name it: make demo PYTHON=/path/to/python3"
    exit 1
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

install_venv_module() {
    can_make_venv "$1" && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "this Python cannot make virtual environments; installing python3-venv"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    fi
    if ! can_make_venv "$1"; then
        say "this Python cannot make virtual environments. Install its venv module (Debian: sudo apt-get install python3-venv)."
        exit 1
    fi
}

make_venv() {
    python=$(find_python)
    if command -v uv >/dev/null; then
        uv venv --quiet --clear --python "$python" "$venv"
    else
        install_venv_module "$python"
        "$python" -m venv --clear "$venv"
    fi
}

install() {
    if command -v uv >/dev/null; then
        uv pip install --quiet --python "$venv/bin/python" "$@"
    else
        # What is imported is compiled then, and nothing else: compiling all of it takes longer than installing it.
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "$@"
    fi
}

has_node() { command -v npm >/dev/null && [ "$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')" -ge 18 ] 2>/dev/null; }

# The lock is whole, so nothing needs to be resolved: --no-deps.
install_locked() { install --require-hashes --no-deps -r "$1"; }

is_new_enough "$venv/bin/python" || make_venv
say "installing what $lock names"
if has_node; then
    # The pages' assets need nothing of the lock: they are built meanwhile. What fails says so in the build below.
    "$venv/bin/python" tools/build_assets.py >/dev/null 2>&1 &
    install_locked "$lock"
    wait
else
    install_locked "$lock"
    install_locked requirements-node.lock
fi
say "building Sushui"
install --no-deps --no-build-isolation -e .
