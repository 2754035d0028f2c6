def reviews(count):
    for number in range(count):
        yield f"Number {number}. " + (
            "Very good, very fast. " if number % 3 else "Came late and broken. "
        ) * (number % 9)
