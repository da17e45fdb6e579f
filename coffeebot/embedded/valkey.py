"""The embedded Valkey: the queue's server, reached by a Unix socket only; everything it acknowledges is on disk."""

from urllib.parse import quote

import redis

from coffeebot.embedded.folder import DataFolder
from coffeebot.embedded.process import Command
from coffeebot.embedded.programs import Programs

SOCKET = "valkey.sock"


class ValkeyServer:
    name = "Valkey"

    def __init__(self, folder: DataFolder, programs: Programs) -> None:
        self._folder = folder
        self._programs = programs
        self._sockets = folder.make_sockets()

    @staticmethod
    def url_of(folder: DataFolder) -> str:
        return f"unix://{quote(str(folder.sockets() / SOCKET), safe='/')}"

    @staticmethod
    def serves(folder: DataFolder) -> bool:
        """Whether one that another process runs answers."""
        try:
            with redis.Redis.from_url(ValkeyServer.url_of(folder), socket_timeout=5) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def prepare(self) -> None:
        self._folder.subfolder("valkey")

    def command(self, *, keep_open: tuple[int, ...] = ()) -> Command:
        settings = {
            "port": "0",
            "unixsocket": str(self._sockets / SOCKET),
            "unixsocketperm": "700",
            "dir": str(self._folder.path / "valkey"),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",  # a queue must not forget
            "loglevel": "warning",
        }
        return Command(
            name=self.name,
            argv=(self._programs.valkey, *(word for key, value in settings.items() for word in (f"--{key}", value))),
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            cwd=self._folder.path,
            layer=0,
            account=self._folder.account,
            log=self._folder.log("valkey"),
            keep_open=keep_open,
        )

    def answers(self) -> bool:
        return self.serves(self._folder)
