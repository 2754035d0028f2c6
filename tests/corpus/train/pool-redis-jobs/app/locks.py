import redis

RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"


class Lock:
    """A lock of a machine that other planners see; taken only when the plan is carried out."""

    def __init__(self, machine, owner):
        self._client = redis.Redis(host="locks.internal", socket_connect_timeout=2)
        self._release = self._client.register_script(RELEASE)
        self.key = f"lock:{machine}:{owner}"

    def take(self):
        return self._client.set(self.key, "taken", nx=True, ex=60)

    def release(self):
        return self._release(keys=[self.key], args=["taken"])
