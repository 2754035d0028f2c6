def load_lexicon(path):
    """Word to how often it is used."""
    frequencies = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            word, _, count = line.rstrip("\n").partition("\t")
            frequencies[word] = int(count)
    return frequencies
