def stages():
    for stage, count in (("river", 40), ("forest", 290), ("hall", 100)):
        yield (
            stage,
            (
                {"band": f"{stage} band {n}", "at": f"{n % 24:02d}:00", "text": "They play. " * 2_700}
                for n in range(count)
            ),
        )
