from weather.api import answer
from weather.phones import positions


def main():
    sent = 0
    for latitude, longitude in positions(1_500):
        sent += len(answer(latitude, longitude))
    print(sent)


main()
