import tempfile


def download(products):
    with tempfile.NamedTemporaryFile("w", suffix=".xml", delete=False) as file:
        file.write("<catalogue>")
        for number in range(products):
            file.write(
                f"<product id='{number}'><name>Part {number}</name><price>{number % 97}.50</price></product>"
            )
        file.write("</catalogue>")
    return file.name
