import newsroom


class Desk:
    def __init__(self):
        self.counts = {}

    def take(self, story):
        section = newsroom.SECTIONS.section_of(story)
        self.counts[section] = self.counts.get(section, 0) + 1
