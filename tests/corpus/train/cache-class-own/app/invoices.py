def print_all(count):
    pages = bytearray()
    for number in range(count):
        pages += invoice(number)
    return pages


def invoice(number):
    return (f"INVOICE {number:08d}" + " " * 40).encode() * 260
