import time


def visits(count):
    """Eighty visits a minute; a visitor looks at eight zones and leaves."""
    for number in range(count):
        if number % 800 == 0:
            time.sleep(0.015)
        group, turn = divmod(number, 640)
        yield number // 80, group * 80 + turn % 80, (group * 7 + turn // 80) % 300
