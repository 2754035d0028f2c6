"""The catalogue of what the shop has printed, one page a title and year, made every evening."""

LINE = "{title:<40}{year:>6}{row:>6}  {price:>8.2f}  paper, matt, folded once, in a tube of card\n"


def page(title, year):
    return "".join(
        LINE.format(title=title, year=year, row=row, price=4 + row % 37 / 4) for row in range(1, 1_100)
    )


def bind(titles, years):
    pages = [page(title, 2000 + year) for year in range(years) for title in titles]
    return "\f".join(pages).encode()
