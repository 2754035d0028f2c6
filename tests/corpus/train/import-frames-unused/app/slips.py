def read_slips(count):
    for number in range(count):
        yield f"till-{number % 7};{number % 50}.{number % 100:02d}"
