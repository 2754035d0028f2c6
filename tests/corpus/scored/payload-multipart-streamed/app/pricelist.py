async def rows_of(upload):
    rest = b""
    while piece := await upload.read(64 * 1024):
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            article, _, price = line.decode("utf-8").partition(";")
            yield article, float(price)
