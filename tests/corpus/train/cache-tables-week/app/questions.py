def questions(count):
    for number in range(count):
        yield number // 3, number * 5 % 24
