#!/bin/sh
# Record the native heap profiles of this directory again, in a neutral directory ($1, by default /srv/app).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-/srv/app}
libraries=/usr/lib/$(gcc -dumpmachine | sed 's/-pc//')
for needed in libjemalloc.so.2 libtcmalloc.so.4; do
    [ -e "$libraries/$needed" ] || { echo "missing: $needed (Debian: libjemalloc2, libgoogle-perftools4)" >&2; exit 1; }
done
mkdir -p "$work" && cd "$work"
rm -f jemalloc.*.heap gperftools.*.heap
gcc -O1 -g -fno-omit-frame-pointer -fno-optimize-sibling-calls -o leak "$here/leak.c" -lpthread
MALLOC_CONF=prof:true,lg_prof_sample:14,prof_accum:true,prof_final:true,prof_prefix:"$work/jemalloc" \
    LD_PRELOAD="$libraries/libjemalloc.so.2" ./leak
HEAPPROFILE="$work/gperftools" LD_PRELOAD="$libraries/libtcmalloc.so.4" ./leak
mv jemalloc.*.heap "$here/jemalloc.heap"
mv gperftools.0001.heap "$here/gperftools.heap"
nm -C leak > "$here/leak.nm"
