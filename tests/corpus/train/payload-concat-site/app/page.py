class Page:
    def __init__(self, title):
        self.html = f"<h1>{title} ♪</h1>"

    def add(self, concert):
        self.html = (
            self.html
            + f"<section><h2>{concert['band']}</h2><b>{concert['at']}</b><p>{concert['text']}</p></section>"
        )

    def encoded(self):
        return (self.html + "<footer>Subject to change</footer>").encode("utf-8")
