"""One inference process, seen from the server: start it, give it a job, end it."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from integrations.local_speech.jobs import ProcessDied
from integrations.local_speech.wire import Frame, receive_frame

# Enough to finish a job that is under way.
_GOODBYE_SECONDS = 2.0


class InferenceProcess:
    """A running child that answers one frame at a time."""

    def __init__(self, process: Process) -> None:
        assert process.stdin
        assert process.stdout
        self._process = process
        self._stdin, self._stdout = process.stdin, process.stdout

    @classmethod
    async def start(cls, command: Sequence[str]) -> "InferenceProcess":
        """Start `command` and wait until it is ready. Raises `ProcessDied`."""
        # A session of its own: Ctrl-C belongs to the server, which then closes us in order.
        child = cls(
            await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, start_new_session=True
            )
        )
        try:
            await child._receive()
        except BaseException:
            await child.kill()
            raise
        return child

    async def ask(self, frame: Frame) -> Frame:
        """The answer to a frame. Raises `ProcessDied` when the process dies."""
        try:
            self._stdin.write(frame.encoded())
            await self._stdin.drain()
        except ConnectionError as error:
            raise ProcessDied("The speech process died.") from error
        return await self._receive()

    async def close(self) -> None:
        """Close its input, at which it ends; kill it if it does not."""
        self._stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _GOODBYE_SECONDS)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End it now; even when cancelled it returns only after the process has ended."""
        if self._process.returncode is None:
            self._process.kill()
        self._stdin.close()
        ended = asyncio.ensure_future(self._process.wait())
        try:
            await asyncio.shield(ended)
        except asyncio.CancelledError:
            await ended
            raise

    async def _receive(self) -> Frame:
        try:
            return await receive_frame(self._stdout)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ProcessDied("The speech process died.") from error
