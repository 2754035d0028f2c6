"""Which points of the board are taken at the end of a game; replays are unpacked by four threads."""

import queue
import threading

from replays import Tournament
from tally import Tally

unpacked = queue.SimpleQueue()


def unpack(tournament, games):
    for game in games:
        unpacked.put((game, tournament.replay(game)))
    unpacked.put(None)


def count(tournament, threads=4):
    games = tournament.games()
    tally = Tally()
    waiting = threading.Semaphore(12)
    for n in range(threads):
        paced = (game for game in games[n::threads] if waiting.acquire())
        threading.Thread(target=unpack, args=(tournament, paced)).start()
    while threads:
        if (done := unpacked.get()) is None:
            threads -= 1
            continue
        tally.add(done[1])
        waiting.release()
    return tally


if __name__ == "__main__":
    tournament = Tournament("tournament.zip")
    tally = count(tournament)
    print(tally.games, tally.black.most_common(3), tally.white.most_common(3))
