class Taste:
    """What each guest has liked, to play something like it next."""

    def __init__(self, library):
        self._library = library
        self._liked = {}

    def next_song(self, guest, song):
        self._liked.setdefault(guest, []).append(self._library.vector(song))
        return self._library.near(self._liked[guest][-1], since=1990)[0]
