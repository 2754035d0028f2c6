#!/bin/sh
# Records the snapshots again: ./record.sh VERSION=/path/to/python …
# Runs from /srv/app and with each Python under /opt, so that these are the paths in the snapshots.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p /srv/app /opt/pythons
cp "$here/orders.py" /srv/app/orders.py
for named in "$@"; do
    version=${named%%=*}
    ln -sfn "$(dirname "$(dirname "${named#*=}")")" "/opt/pythons/$version"
    for limit in 1 5 25; do
        (cd /srv/app && "/opt/pythons/$version/bin/python" -B -I /srv/app/orders.py "$limit" "$here/$version-limit$limit.tracemalloc")
    done
    "/opt/pythons/$version/bin/python" -B -I "$here/totals.py" "$here/$version"-limit*.tracemalloc
done
