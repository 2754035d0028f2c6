from collections import Counter

from reader.corpus import Corpus
from reader.letters import letters
from reader.tokens import tokens
from reader.topics import length_of, topic_of

CORPUS = Corpus()


def main():
    topics, lengths = Counter(), Counter()
    for letter in letters(16_000):
        topic = topic_of(letter)
        topics[topic] += 1
        lengths[topic] += length_of(letter)
        CORPUS.add(tokens(letter))
    print({topic: round(lengths[topic] / count, 1) for topic, count in topics.most_common()})
    print(len(CORPUS), f"{CORPUS.share_of('storm'):.4f}")


main()
