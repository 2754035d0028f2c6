"""Goes through the plates of a survey night by night and lists what may be a comet."""

from search import SEARCH

if __name__ == "__main__":
    for number in range(SEARCH.plates.nights):
        SEARCH.night(number)
    print(len(SEARCH.found), SEARCH.found[:2])
