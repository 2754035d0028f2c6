import random
import time

from names import same

VALLEYS = ("Oberstein", "Unterstein", "Neufurt", "Altfurt", "Hohenau", "Langenau", "Dreibach", "Rotbach")
STATIONS = [f"{name} {kind}" for name in VALLEYS for kind in ("Hbf", "Gbf", "Hafen")]
GOODS = ("steel coils", "round timber", "rape seed", "new cars", "gravel", "heating oil")


class Waybill:
    __slots__ = ("goods", "number", "receiver", "remark", "sender", "tonnes")

    def __init__(self, number, sender, receiver, goods, tonnes, remark):
        self.number = number
        self.sender = sender
        self.receiver = receiver
        self.goods = goods
        self.tonnes = tonnes
        self.remark = remark

    @classmethod
    def parse(cls, line):
        number, sender, receiver, goods, tonnes, remark = line.split("|")
        return cls(number, same(sender), same(receiver), same(goods), float(tonnes), remark)


def telex(lines):
    """Lines as other yards send them."""
    others = random.Random(1835)
    for number in range(lines):
        if number % 200 == 0:
            time.sleep(0.013)
        sender, receiver = others.choices(STATIONS, k=2)
        goods, tonnes = others.choice(GOODS), number * 7 % 61 + 12
        wagon, seal = number * 31 % 99_991, number * 17
        load = f"wagon {wagon}: {goods} for {receiver}, seal {seal:07d}, {tonnes} t on the scale of {sender}"
        brakes = f"brakes tried at {sender}, sheet {wagon * 3}; shunt with care, heading for {receiver}"
        fee = f"fee of {seal % 900 + 80} marks paid in advance by sender, receipt {seal // 3} with the guard"
        yield f"{number:08d}|{sender}|{receiver}|{goods}|{tonnes}|{load}; {brakes}; {fee}"
