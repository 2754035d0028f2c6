from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, Template

from hotel.guests import Guest


def money(cents):
    return f"{cents // 100}.{cents % 100:02d} EUR"


def letters_from(directory):
    environment = Environment(loader=FileSystemLoader(directory), trim_blocks=True, lstrip_blocks=True)
    environment.filters["money"] = money
    environment.globals["house"] = {"name": "Harbour Hotel", "town": "Husum", "stars": 3}
    return environment


@dataclass(slots=True)
class Letter:
    template: Template
    guest: Guest

    def text(self):
        return self.template.render(guest=self.guest, total=self.guest.cents * self.guest.nights)
