"""Frames between the two sides: 12 bytes of lengths, a JSON header, a body of raw array bytes."""

import json
import socket
import struct
import time

SIZES = struct.Struct("<IQ")
MAX_HEADER = 16 * 1024 * 1024


class WireError(Exception):
    """What arrived is no frame or no value."""


class Closed(WireError):
    """The other side is gone."""


class TimedOut(WireError):
    """No answer in time."""


class Channel:
    """Frames over a socket, with a deadline and a cap on what is accepted."""

    def __init__(self, sock, limit):
        self.sock = sock
        self.limit = limit
        self.fds = []

    def send(self, header, body=b"", fds=(), timeout=None):
        """Send one frame; file descriptors travel with its first bytes."""
        text = json.dumps(header, separators=(",", ":")).encode()
        deadline = None if timeout is None else time.monotonic() + timeout
        self.sock.settimeout(timeout)
        data = SIZES.pack(len(text), len(body)) + text
        try:
            if fds:
                sent = socket.send_fds(self.sock, [data[:1]], list(fds))
                data = data[sent:]
            if deadline is None:
                self.sock.sendall(data)
                self.sock.sendall(body)
            else:
                self._send_all(data + body, deadline)
        except TimeoutError:
            raise TimedOut("nobody reads") from None
        except OSError as error:
            raise Closed(str(error)) from None

    def _send_all(self, data, deadline):
        view = memoryview(data)
        while view:  # a reader that takes a byte a second must not stretch the deadline
            self.sock.settimeout(max(deadline - time.monotonic(), 0.001))
            view = view[self.sock.send(view) :]

    def receive(self, deadline=None, *, accept_fds=False):
        """One frame as (header, body).

        Raises
        ------
        WireError
            If it is none, is too large (found before anything is stored), or is late.
        """
        head = self._exactly(SIZES.size, deadline, accept_fds)
        length, size = SIZES.unpack(head)
        if length > MAX_HEADER or length + size > self.limit:
            raise WireError("a frame too large")
        data = self._exactly(length + size, deadline)
        try:
            header = json.loads(data[:length])
        except (ValueError, RecursionError):
            raise WireError("not JSON") from None
        if not isinstance(header, dict):
            raise WireError("not an object")
        return header, data[length:]

    def _exactly(self, count, deadline, accept_fds=False):
        data = bytearray()
        while len(data) < count:
            wait = None if deadline is None else deadline - time.monotonic()
            if wait is not None and wait <= 0:
                raise TimedOut("no answer in time")
            self.sock.settimeout(wait)
            try:
                part = self._some(min(count - len(data), 1 << 20), accept_fds)
            except TimeoutError:
                raise TimedOut("no answer in time") from None
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("the other side is gone")
            data += part
        return data

    def _some(self, count, accept_fds):
        if not accept_fds:
            return self.sock.recv(count)  # descriptors that come along are dropped by the kernel
        part, fds, _, _ = socket.recv_fds(self.sock, count, 2)
        self.fds += fds
        return part

    def close(self):
        """Close the socket."""
        self.sock.close()
