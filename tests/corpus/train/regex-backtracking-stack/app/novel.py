def text(length):
    return '"' + "so it went on " * (length // 14)
