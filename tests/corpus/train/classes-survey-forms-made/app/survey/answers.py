"""Every form has an answer type of its own, with the questions as fields."""

from dataclasses import asdict, field, make_dataclass


class Answer:
    """Base of all answers. Whoever declares a kind of answer is known by it."""

    kinds = []

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Answer.kinds.append(cls)

    def missing(self):
        return [name for name, value in asdict(self).items() if value is None]


def answer_type(form):
    fields = [(question.name, question.type, field(default=None)) for question in form.questions]
    return make_dataclass(f"{form.title}Answer", fields, bases=(Answer,), order=True)


def kind_named(name):
    return next((kind for kind in Answer.kinds if kind.__name__ == name), None)
