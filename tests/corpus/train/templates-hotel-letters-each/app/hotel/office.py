from hotel.letters import Letter, letters_from


class Office:
    def __init__(self, directory):
        self._directory = directory
        self._sent = {}

    def confirm(self, guest):
        environment = letters_from(self._directory)
        letter = Letter(environment.get_template("confirmation.txt"), guest)
        self._sent[guest.number] = letter
        return letter.text()

    def copies(self, numbers):
        """Letters that were sent, once more: the guest asks for a copy."""
        return [self._sent[number].text() for number in numbers]
