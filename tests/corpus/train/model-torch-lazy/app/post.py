def letters(count):
    for number in range(count):
        yield "Sir, I was delighted to read " + "x" * (number % 40)
