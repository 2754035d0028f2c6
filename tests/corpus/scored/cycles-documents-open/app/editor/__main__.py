from editor.index import Indexer
from editor.library import outlines

if __name__ == "__main__":
    indexer = Indexer()
    for title, chapters in outlines(320):
        indexer.add(title, chapters)
    print(indexer.headings)
