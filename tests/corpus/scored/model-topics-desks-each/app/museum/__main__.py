from museum.desks import DESKS
from museum.letters import post


def main():
    left = 0
    for letters in post(days=40, a_day=40):
        for desk in DESKS:
            letters = letters and desk.sort(letters)
        left += len(letters)
    print(left, sum(sum(desk.answered.values()) for desk in DESKS))


main()
