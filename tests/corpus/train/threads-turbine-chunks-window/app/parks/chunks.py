def chunks(path, rows=4_000):
    """Pieces of the file of so many rows each, without its heading."""
    with open(path) as lines:
        next(lines)
        piece = []
        for line in lines:
            piece.append(line)
            if len(piece) == rows:
                yield "".join(piece)
                piece.clear()
        if piece:
            yield "".join(piece)
