from editor.nodes import parse


class Indexer:
    def __init__(self):
        self.headings = 0
        self._opened = []

    def add(self, title, chapters):
        document = parse(title, chapters)
        self._opened.append(document.children[0].root())
        self.headings += sum(child.text.count("HEADING") for child in document.children)
