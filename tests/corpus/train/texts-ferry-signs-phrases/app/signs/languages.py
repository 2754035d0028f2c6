import gettext
from functools import cache


@cache
def catalogue(language):
    """Read when the first passenger asks for the language."""
    return gettext.translation("signs", localedir="locale", languages=[language])
