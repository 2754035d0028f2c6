def branches(count):
    for number in range(count):
        yield f"branch {number}", [(number * 37 + stop * 101) % 500 for stop in range(16)]
