def price_lists(count):
    for number in range(count):
        yield f"supplier {number}", 300 + number % 40
