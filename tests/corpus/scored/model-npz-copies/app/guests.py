def requests(count):
    for number in range(count):
        yield f"table {number % 11}", number * 977 % 36_000
