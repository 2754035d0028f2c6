from corpus.concordance import Concordance
from corpus.letters import letters

if __name__ == "__main__":
    concordance = Concordance()
    for number, letter in enumerate(letters(150)):
        concordance.add(number, letter)
    print(concordance.context("garden"), len(concordance))
