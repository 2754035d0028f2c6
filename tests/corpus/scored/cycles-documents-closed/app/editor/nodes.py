class Node:
    """A part of a document; knows its parent, as XML trees do."""

    def __init__(self, text, parent=None):
        self.text = text
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

    def root(self):
        return self if self.parent is None else self.parent.root()


def parse(title, chapters):
    document = Node(title)
    for chapter in chapters:
        Node(chapter.upper(), parent=document)
    return document
