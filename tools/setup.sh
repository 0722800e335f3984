#!/bin/sh
# Find a Python that will do, then let tools/setup.py install what GROUP needs.
#
#   sh tools/setup.sh build    what `make site` needs
#   sh tools/setup.sh tools    and the test tools
#   sh tools/setup.sh test     and a browser
#
# PYTHON names the interpreter to use; otherwise an existing .venv that still works is kept, else the
# first of python3, python3.13, python3.12, python3.11 that is new enough.
set -u
CDPATH= cd "$(dirname "$0")/.." || exit 1

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 </dev/null
}

found=
if [ -n "${PYTHON:-}" ]; then
    if new_enough "$PYTHON"; then
        found=$PYTHON
    else
        echo "用不了 PYTHON=$PYTHON：找不到它，或它不是 Python 3.11 以上的版本。" >&2
        exit 1
    fi
else
    for candidate in .venv/bin/python python3 python3.13 python3.12 python3.11 python; do
        if new_enough "$candidate"; then
            found=$candidate
            break
        fi
    done
fi

if [ -z "$found" ]; then
    echo "缺 Python 3.11 以上的版本：请先装好（Debian/Ubuntu：apt install python3 python3-venv；macOS：brew install python@3.12），或用 PYTHON=路径 指定。" >&2
    exit 1
fi
exec "$found" tools/setup.py "$@"
