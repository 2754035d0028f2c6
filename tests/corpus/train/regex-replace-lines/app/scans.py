LINES = (
    "It was  a dark and stormy night ; the rain fell in tor-\nrents ,",
    "except at occasional  intervals ,   when it was checked by a vio-\nlent gust",
    "of wind which swept up the  streets ( for it is in London that our scene lies ) ,",
    "rattling along the house-tops , and fiercely agitating the scanty flame of the lamps .",
)


def scan(chapters):
    for chapter in range(chapters):
        for page in range(110):
            yield f"- {page} -\n" + "\n".join(LINES * 16)
