"""Answers what volunteers ask of the notes of a bird observatory; names may be misspelt."""

from notes import notes
from queries import queries
from search import Search


def serve(search):
    return sum(len(search.answer(query)) for query in queries(420))


if __name__ == "__main__":
    search = Search(notes(60))
    print(serve(search), len(search.log))
