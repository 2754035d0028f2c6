def bands():
    for n in range(900):
        yield (
            f"band {n}",
            [{"band": f"band {n}", "at": f"{h}:00", "text": "They play. " * 140} for h in range(16, 22)],
        )
