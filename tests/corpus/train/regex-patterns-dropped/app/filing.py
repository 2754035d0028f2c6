def file_scan(customer):
    """The scan of a letter as a grey picture."""
    return bytearray(customer % 256 for _ in range(60)) * 1_000
