#!/bin/sh
# Checks the program: ruff and its format, mypy, the tests, then the slow ones. With arguments: only pytest, with these.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
. "$here/packaging/find_python.sh"
"$python" -E -s "$here/packaging/prepare.py" test || exit 1

cd "$here" || exit 1
python=$here/.venv/bin/python
QT_QPA_PLATFORM=offscreen
export QT_QPA_PLATFORM
if [ $# -gt 0 ]; then
    exec "$python" -m pytest "$@"
fi

failed=
check() {
    name=$1
    shift
    echo "== $name"
    "$@" || failed="$failed $name"
}
check ruff "$python" -m ruff check .
check format "$python" -m ruff format --check .
check mypy "$python" -m mypy
check tests "$python" -m pytest -q -m 'not slow' -n auto --maxprocesses 4 --dist worksteal
check slow-tests "$python" -m pytest -q -m slow --timeout=900 -n auto --maxprocesses 2 --dist worksteal

if [ -n "$failed" ]; then
    echo "FAILED:$failed"
    exit 1
fi
echo 'ALL PASSED'
