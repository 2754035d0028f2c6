from newsroom.desk import Desk
from newsroom.wire import stories


def main():
    desk = Desk()
    for story in stories(3_000):
        desk.take(story)
    print(desk.counts)


main()
