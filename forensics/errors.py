"""Every error this package raises, as one tree.

Three cases never mix. *Not mine*: a reader's `matches` is False and nothing is raised.
*Mine but broken*: `BadDump`. *Impossible tables*: `BadProfile`, a defect of the caller.
"""


class ForensicsError(Exception):
    """Base of all errors of this package; its text is one line fit for a terminal."""


class DumpError(ForensicsError):
    """A dump could not be read. The line names the file, the fault and the remedy."""

    def __init__(self, path: object, fault: str, remedy: str = "") -> None:
        self.path = str(path)
        self.fault = fault
        self.remedy = remedy
        super().__init__(f"{self.path}: {fault}" + (f"; {remedy}" if remedy else ""))


class UnreadableFile(DumpError):
    """There is no regular, readable, non-empty file at this path."""


class UnknownFormat(DumpError):
    """No reader recognises the content of this file."""


class BadDump(DumpError):
    """A reader recognised the file, but its content is broken or hostile."""


class TooLarge(BadDump):
    """Reading on would pass a limit on size, expansion or depth; the line names the limit."""


class UnsupportedVersion(BadDump):
    """The format is known, this version of it is not."""


class MissingMoment(ForensicsError):
    """The dump cannot give the moment that was asked for."""


class BadProfile(ForensicsError):
    """Tables that break an invariant of `Profile`."""


class UsageError(ForensicsError):
    """An argument or option does not make sense: exit code 2."""


class BadRules(UsageError):
    """A rule file does not say what a rule file has to say."""


class CannotReplay(ForensicsError):
    """This dump holds no stream of events, so nothing can be replayed from it."""


class RecordError(ForensicsError):
    """A recording could not be made, or not as asked."""


class ReportError(ForensicsError):
    """A notebook could not be run, or its output is not fit to be shared."""
