def exercises(count):
    for number in range(1, count + 1):
        yield f"{number}*x**2 + {number * 3}*x - 7"
