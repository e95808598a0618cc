#!/bin/sh
# Opens 支部台账, or runs one of its commands. The first start installs what is locked in requirements.lock into .venv.
#   sh run.sh                   the window
#   sh run.sh --sample          the window, on the invented branch
#   sh run.sh COMMAND ...       a command, without a window (sh run.sh --help names them)
#   sh run.sh --desktop-entry   puts an icon on the desktop and into the menu
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
. "$here/packaging/find_python.sh"

if [ "${1-}" = --desktop-entry ]; then
    exec "$python" -E -s "$here/packaging/desktop_entry.py"
fi
"$python" -E -s "$here/packaging/prepare.py" run "$@" || exit $?
exec "$here/.venv/bin/python" "$here/main.py" "$@"
