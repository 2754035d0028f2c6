def guests(count):
    for number in range(count):
        yield f"room {number}", number % 24
