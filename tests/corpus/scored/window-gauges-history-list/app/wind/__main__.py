from collections import Counter

from wind.farm import quarters
from wind.watch import Watch

watch = Watch()


def main():
    for quarter in quarters(160, turbines=90):
        watch.look(quarter)
    print(Counter(watch.alarms).most_common(3))


main()
