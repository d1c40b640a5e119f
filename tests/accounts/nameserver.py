"""A name server on this machine: answers TXT questions over UDP from a dictionary, in DNS's own words."""

import socket
import threading

import dns.message
import dns.name
import dns.rcode
import dns.rrset


class NameServer:
    """Serves `records` until `close`. A name that is not there is NXDOMAIN; None for a name means no answer."""

    def __init__(self) -> None:
        self.records: dict[str, list[str] | None] = {}
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = "{}:{}".format(*self._socket.getsockname())
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            sent, whom = self._socket.recvfrom(4096)
            if not sent:
                return
            query = dns.message.from_wire(sent)
            name = query.question[0].name.to_text(omit_final_dot=True).lower()
            self.asked.append(name)
            if name in self.records and self.records[name] is None:
                continue
            answer = dns.message.make_response(query)
            found = self.records.get(name)
            if found is None:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            else:
                quoted = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in found]
                answer.answer.append(dns.rrset.from_text_list(query.question[0].name, 60, "IN", "TXT", quoted))
            self._socket.sendto(answer.to_wire(), whom)
