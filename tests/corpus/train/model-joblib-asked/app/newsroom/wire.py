def stories(count):
    words = ("goal", "shares", "premiere")
    for number in range(count):
        yield f"term{number} {words[number % 3]} term{number * 7 % 30_000} " * 20
