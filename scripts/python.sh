# Sets $python to the interpreter that scripts/serve and scripts/test start with; sourced from the checkout.
# It is plain sh so that an old Python can be told so instead of stumbling over newer syntax.

# `trace` and `scripts` must come from this checkout, whatever the caller's environment prefers.
unset PYTHONPATH PYTHONHOME PYTHONSAFEPATH

find_python() {
    if [ -f .venv/prepared.json ] && [ -x .venv/bin/python ]; then
        python=.venv/bin/python
        return
    fi
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.14 python3.13 python3.12 python3.11 python
    fi
    for python in "$@"; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    refuse "$@"
}

refuse() {
    for python in "$@"; do
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        echo "trace needs Python 3.11 or newer; this is $version ($(command -v "$python"))." \
            "Install a newer one, or name it: PYTHON=/path/to/python3.11." >&2
        exit 1
    done
    echo "trace needs Python 3.11 or newer, and $1 does not run here." \
        "Install it (on Debian: apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3.11." >&2
    exit 1
}

find_python
