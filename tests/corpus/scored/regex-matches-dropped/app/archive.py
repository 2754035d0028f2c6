def letters(count):
    for number in range(count):
        yield (
            f"Dear Anna, on {number % 28 + 1}.{number % 12 + 1}.1871 I went to town. " + "And so on. " * 3_000
        )
