class Shelf:
    """Paragraphs as they are shown: numbered, in a paragraph of HTML."""

    def __init__(self):
        self.paragraphs = {}

    def put(self, number, text):
        self.paragraphs[number] = self.marked_up(number, text)

    def marked_up(self, number, text):
        return (
            f"<p id='p{number}' lang='en'><span class='n'>{number}</span>{text}</p>"
            + "<hr class='fine'/>" * 40
        )
