def lines(entries):
    for number in range(entries):
        yield f'{{"id": {number}, "author": "user{number % 300}", "text": "{"word " * 20}"}}'
