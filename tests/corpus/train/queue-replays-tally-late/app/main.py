"""Which points of the board are taken at the end of a game; replays are unpacked by four threads."""

import queue
import threading

from replays import Tournament
from tally import Tally

unpacked = queue.SimpleQueue()


def unpack(tournament, games):
    for game in games:
        unpacked.put((game, tournament.replay(game)))


def count(path, threads=4):
    tournament = Tournament(path)
    games = tournament.games()
    tally = Tally()
    team = [threading.Thread(target=unpack, args=(tournament, games[n::threads])) for n in range(threads)]
    for member in team:
        member.start()
    for member in team:
        member.join()
    while not unpacked.empty():
        _game, replay = unpacked.get()
        tally.add(replay)
    return tally


if __name__ == "__main__":
    tally = count("tournament.zip")
    print(tally.games, tally.black.most_common(3), tally.white.most_common(3))
