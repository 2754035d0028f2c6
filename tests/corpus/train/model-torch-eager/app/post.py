def letters():
    yield "Sir, I was delighted to read"
