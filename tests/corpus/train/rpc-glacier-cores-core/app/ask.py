import sys
from xmlrpc.client import MultiCall, ServerProxy

store = ServerProxy(f"http://127.0.0.1:{sys.argv[1]}/")
for season in (2024, 2025, 2026):
    deepest = 0
    for first in range(0, 400, 10):
        calls = MultiCall(store)
        for number in range(first, first + 10):
            calls.layers(season * 1_000 + number, 90)
        deepest = max(deepest, *(rows[-1][0] for rows in calls()))
    print(season, f"{deepest:.1f} m")
