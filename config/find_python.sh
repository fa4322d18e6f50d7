# Sourced by the commands in bin: $project is the folder of the project, $python a Python that is new enough.
project=$(CDPATH= cd "${0%/*}/.." && pwd -P) || exit 1
for python in ${KINOPOST_PYTHON:-"$project/.venv/bin/python" python3.13 python3.12 python3.11 python3} ""; do
    "$python" -ESc 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
done
if [ -z "$python" ]; then
    echo "Kinopost needs Python 3.11 or newer: install it (Debian: apt-get install python3; macOS: brew install python3)." >&2
    exit 1
fi
