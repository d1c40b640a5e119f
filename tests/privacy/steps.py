"""Steps of a purge that do not go well."""


class Killed(BaseException):
    """The process is gone: nothing of ours catches this."""


def die(user, heir):
    raise Killed


def stop(user, heir):
    raise OSError("The other side does not answer.")
