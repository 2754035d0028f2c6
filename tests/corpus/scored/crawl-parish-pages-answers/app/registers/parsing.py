from lxml import html


def surnames(text):
    """The surnames of a page, in the order of the baptisms."""
    tree = html.fromstring(text)
    for cell in tree.iterfind(".//td[@class='name']"):
        yield cell.text
