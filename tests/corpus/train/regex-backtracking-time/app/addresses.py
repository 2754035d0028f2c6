def typed():
    for number in range(60):
        yield f"person {number}", "a" * (14 + number % 6) + "@"
