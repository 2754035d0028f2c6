from collections import Counter


class Index:
    def __init__(self):
        self.collectors = Counter()

    def add(self, label):
        self.collectors[label.collector] += 1

    def most(self):
        return self.collectors.most_common(1)[0][0]
