from editor.nodes import parse


class Indexer:
    def __init__(self):
        self.headings = 0

    def add(self, title, chapters):
        document = parse(title, chapters)
        self.headings += sum(child.text.count("HEADING") for child in document.children)
