def exercises(count):
    for number in range(1, count + 1):
        yield number, number * 3 - 7
