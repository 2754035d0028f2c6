from hotel.letters import Letter, letters_from
from hotel.register import load_register

REGISTER = load_register()


class Office:
    def __init__(self, directory):
        self._templates = letters_from(directory)
        self._sent = {}

    def confirm(self, guest):
        if len(REGISTER.get(guest.name, ())) > 2:
            guest.cents -= guest.cents // 10
        letter = Letter(self._templates.get_template("confirmation.txt"), guest)
        self._sent[guest.number] = letter
        return letter.text()

    def copies(self, numbers):
        """Letters that were sent, once more: the guest asks for a copy."""
        return [self._sent[number].text() for number in numbers]
