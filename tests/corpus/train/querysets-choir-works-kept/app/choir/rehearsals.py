import time

from choir.models import Work


class Rehearsal:
    """An evening with the works of its season, in the order of their titles."""

    def __init__(self, evening, season):
        self.evening = evening
        self.works = Work.objects.filter(season=season).order_by("title")

    def minutes(self):
        time.sleep(0.008)  # somebody looks for the key
        return sum(work.minutes for work in self.works)

    def longest_words(self):
        return max(len(work.words) for work in self.works)


class Calendar:
    def __init__(self):
        self.evenings = {}

    def plan(self, evening, season):
        self.evenings[evening] = rehearsal = Rehearsal(evening, season)
        return rehearsal

    def of(self, evening):
        return self.evenings[evening]
