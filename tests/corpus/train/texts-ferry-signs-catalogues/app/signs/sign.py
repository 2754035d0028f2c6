from signs.languages import catalogue


def filled(message, **values):
    """The message with boat and time filled in."""
    return message % values


class Sign:
    def __init__(self, quay, languages):
        self.quay = quay
        self.languages = languages
        self.lit = 0

    def show(self, notice, boat, minute):
        time = f"{minute // 60:02}:{minute % 60:02}"
        for language in self.languages:
            message = catalogue(language).gettext(f"quay {self.quay} notice {notice}")
            self.lit += len(filled(message, boat=boat, time=time))
