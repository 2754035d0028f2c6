"""The counter of a parcel office: what does it cost from here to there?"""

import counter
from parcels import handed_in


def open_for(days):
    takings = 0
    for day in range(days):
        counter.begin(day)
        for sender, receiver, grams in handed_in(day):
            takings += counter.quote(sender, receiver, grams)["cents"]
    return takings


if __name__ == "__main__":
    print(open_for(days=16))
