def pictures(count):
    for number in range(count):
        yield bytes([number % 256]) * 60_000
