"""Makes the replays of a tournament: where the pieces of a board game stood after every move."""

import random
import zipfile

chosen = random.Random(15)
with zipfile.ZipFile("tournament.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
    for game in range(900):
        board = bytearray(361)
        moves = []
        for move in range(120):
            board[chosen.randrange(361)] = 1 + move % 2
            moves.append(bytes(board))
        archive.writestr(f"round-{game // 60}/game-{game:03}.rep", b"".join(moves))
