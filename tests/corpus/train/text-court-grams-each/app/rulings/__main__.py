from rulings.archive import rulings
from rulings.phrases import PhraseBook


def main():
    book = PhraseBook()
    for ruling in rulings(count=480, words=420):
        book.read(ruling)
    for phrase, count in book.overall.most_common(3):
        print(phrase, count, book.in_year(phrase, 2003), book.in_year(phrase, 2019))


main()
