import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["choir"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from choir.library import open_library  # noqa: E402
from choir.models import Work  # noqa: E402
from choir.rehearsals import Calendar  # noqa: E402
from django.db import connection  # noqa: E402

calendar = Calendar()


def years(evenings):
    with connection.schema_editor() as editor:
        editor.create_model(Work)
    open_library(works=1_500, seasons=60)
    late = 0
    for evening in range(evenings):
        rehearsal = calendar.plan(evening, season=evening % 60)
        late += rehearsal.minutes() > 180 or rehearsal.longest_words() > 9_000
    return late, calendar.of(7).minutes()


if __name__ == "__main__":
    print(years(evenings=190))
