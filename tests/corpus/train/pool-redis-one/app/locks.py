import redis

RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

_client = redis.Redis(host="locks.internal", socket_connect_timeout=2)
_release = _client.register_script(RELEASE)


class Lock:
    """A lock of a machine that other planners see; taken only when the plan is carried out."""

    def __init__(self, machine, owner):
        self.key = f"lock:{machine}:{owner}"

    def take(self):
        return _client.set(self.key, "taken", nx=True, ex=60)

    def release(self):
        return _release(keys=[self.key], args=["taken"])
