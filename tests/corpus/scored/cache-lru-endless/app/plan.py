from functools import cache


@cache
def seats_of(show, row):
    return "".join(f"<rect x='{seat}' y='{row}' class='show-{show}'/>" for seat in range(400))
