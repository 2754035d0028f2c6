from corpus.letters import letters
from corpus.words import Words

if __name__ == "__main__":
    words = Words()
    for number, letter in enumerate(letters(650)):
        words.add(number, letter)
    print(words.counts.most_common(2))
