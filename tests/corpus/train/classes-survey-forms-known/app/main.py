from survey.answers import Answer, kind_named
from survey.desk import Desk
from survey.forms import replies


def main():
    desk = Desk()
    for form, values in replies(1_100):
        desk.enter(form, values)
    print(
        desk.entered,
        "replies;",
        desk.gaps.most_common(2),
        kind_named("TravelWave2Answer").__name__,
        len(Answer.kinds),
    )


main()
