def requests():
    """Every customer asks for another product: no quote is ever asked for twice."""
    for number in range(2400):
        yield f"P-{number:06d}", f"2024-03-{number % 28 + 1:02d}"
