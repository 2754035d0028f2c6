def visits(count):
    for number in range(count):
        yield 100 + number // 19, number % 19
