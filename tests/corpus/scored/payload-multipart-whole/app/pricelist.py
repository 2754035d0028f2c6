async def rows_of(upload):
    content = await upload.read()
    text = content.decode("utf-8")
    return [line.partition(";") for line in text.splitlines() if line]


def highest_price(rows):
    return max(float(price) for _article, _, price in rows)
