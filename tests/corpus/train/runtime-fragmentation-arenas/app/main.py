"""Takes in the price lists of suppliers and keeps excerpts for the catalogue."""

from suppliers import price_lists
from workshop import Workshop

if __name__ == "__main__":
    with Workshop(workers=14, readers=2) as workshop:
        for price_list in price_lists(140):
            workshop.take(price_list)
    print(len(workshop.catalogue))
