from reader.tokens import tokens

TOPICS = {
    "weather": {"storm", "wind", "star"},
    "home": {"mother", "letter", "wage"},
    "work": {"rope", "anchor", "whale", "sail", "captain"},
    "health": {"fever", "rum"},
}


def topic_of(letter):
    counts = {topic: sum(token in of_it for token in tokens(letter)) for topic, of_it in TOPICS.items()}
    return max(counts, key=counts.get)


def length_of(letter):
    return sum(not token.startswith("##") for token in tokens(letter))
