from collections import Counter

from reader.letters import letters
from reader.topics import length_of, topic_of


def main():
    topics, lengths = Counter(), Counter()
    for letter in letters(2_600):
        topic = topic_of(letter)
        topics[topic] += 1
        lengths[topic] += length_of(letter)
    print({topic: round(lengths[topic] / count, 1) for topic, count in topics.most_common()})


main()
