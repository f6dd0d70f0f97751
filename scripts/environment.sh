# Sourced by the commands beside it, which set $root: makes an environment that is missing or stale.

# The first Python of the path that is 3.11 or newer.
find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo 'treatygraph needs Python 3.11 or newer; no such python3 is on the PATH.' >&2
    return 2
}

# environment NAME LOCK [core]: makes .venv/NAME as scripts/LOCK says, or only its core.
environment() {
    local base
    base=$(find_python) || exit
    "$base" -P "$root/scripts/environment.py" "$root/.venv/$1" "$root/scripts/$2" "${@:3}" >&2 || exit
}
