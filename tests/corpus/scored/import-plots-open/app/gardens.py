def gardens(count):
    for number in range(count):
        yield f"garden {number}", [day * day * number % 23 / 2 for day in range(60)]
