"""A mail server for tests: a real one, on a port of this machine, that can be as unwilling as real ones are."""

import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes

BUSY = b"451 4.3.0 Try again later\r\n"


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it takes in `taken`, and knows what it was sent again by its Message-ID, as mail programs do.

    `mood`: "takes"; "slow" to take; "refuses" everything for now; "cuts" the line after it took an e-mail, before it
    says so.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, mood="takes", port=0):
        super().__init__(("127.0.0.1", port), Conversation)
        self.mood, self.taken, self.asked = mood, [], 0

    @property
    def port(self):
        return self.server_address[1]

    def letters(self):
        """{Message-ID: the e-mail} of all that it took."""
        return {letter["Message-ID"]: letter for letter in self.taken}


class Conversation(socketserver.StreamRequestHandler):
    """What is said with one client, by RFC 5321."""

    def handle(self):
        self.wfile.write(b"220 localhost ESMTP\r\n")
        for line in iter(self.rfile.readline, b""):
            word = line[:4].upper().strip()
            if word == b"DATA" and self.server.mood != "refuses":
                if not self._take():
                    return
            elif word == b"QUIT":
                self.wfile.write(b"221 Bye\r\n")
                return
            else:
                self.wfile.write(self._answer(word))

    def _answer(self, word):
        if word in (b"MAIL", b"DATA") and self.server.mood == "refuses":
            self.server.asked += 1
            return BUSY
        return b"250 OK\r\n"

    def _take(self):
        """Whether the client is told that its e-mail was taken."""
        self.wfile.write(b"354 Go on\r\n")
        time.sleep(0.5 if self.server.mood == "slow" else 0)
        lines = [line.removeprefix(b".") for line in iter(self.rfile.readline, b".\r\n")]
        self.server.taken.append(message_from_bytes(b"".join(lines)))
        if self.server.mood == "cuts":
            return False
        self.wfile.write(b"250 Taken\r\n")
        return True


@contextmanager
def mail_server(mood="takes", port=0):
    """A MailServer that answers meanwhile."""
    with MailServer(mood, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
