"""The double as a process: its API, its hosted pages, its deliveries, and a clock that goes by itself."""

from __future__ import annotations

import logging
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from billing.stripe_double import api, checkout, clock, customers, events, pages, subscriptions
from billing.stripe_double.errors import ApiError, Json
from billing.stripe_double.store import Store

TICK_SECONDS = 0.5
LARGEST = 1 << 20

logger = logging.getLogger(__name__)


class Double:
    """A store that is kept in a file, and the threads around it."""

    def __init__(self, path: Path, *, port: int, webhook: str, secret: str) -> None:
        self.path = path
        self.store = Store()
        if path.exists():
            self.store.load(path)
        self.store.cards["pages"] = f"http://127.0.0.1:{port}"
        self._hear(webhook, secret)
        self.http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._stopped = threading.Event()
        self._keeper = threading.Thread(target=self._keep_time, name="double-clock", daemon=True)

    def _hear(self, webhook: str, secret: str) -> None:
        """Send everything to the site, signed with the secret that it was started with."""
        for each in list(self.store.all("webhook_endpoint")):
            self.store.delete("webhook_endpoint", each["id"])
        made = events.create_endpoint(self.store, {"url": webhook, "enabled_events": ["*"]})
        self.store.cards[f"secret:{made['id']}"] = secret

    def serve(self) -> None:
        """Answer until `stop`."""
        self._keeper.start()
        self.http.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """End serving and keep the state."""
        self._stopped.set()
        self.http.shutdown()
        self.http.server_close()
        self._save()

    def _keep_time(self) -> None:
        while not self._stopped.wait(TICK_SECONDS):
            with self.store.lock:
                clock.run_due(self.store)
            if events.deliver(self.store, _post):
                self._save()

    def _save(self) -> None:
        with self.store.lock:
            self.store.save(self.path)

    # --- Pages --------------------------------------------------------------------------------------
    def show(self, path: str) -> str:
        """Return a page. Raises ApiError where there is none."""
        if path == "/desk/":
            return pages.desk(self.store)
        kind, key = _page_of(path)
        found = self.store.get(kind, key)
        if kind == "checkout.session":
            if found["status"] != "open":
                return pages.page("Checkout", "<p>This checkout is over. Nothing more is charged.</p>")
            return pages.pay(self.store, found)
        return pages.portal(self.store, found)

    def act(self, path: str, form: dict[str, str]) -> tuple[str, str]:
        """Do what a form on a page says; returns where to go, or else the page to show."""
        if path == "/desk/":
            clock.advance_by(self.store, int(form.get("days", "1")) * 86_400)
            return "/desk/", ""
        kind, key = _page_of(path)
        found = self.store.get(kind, key)
        if kind == "checkout.session":
            return self._pay(found, form)
        try:
            self._portal(found, form)
        except ApiError as refused:
            return "", pages.portal(self.store, found, said=str(refused))
        return path, ""

    def _pay(self, session: Json, form: dict[str, str]) -> tuple[str, str]:
        kept = self.store.snapshot()
        filled: Json = {"name": form.get("name"), "country": form.get("country", "").upper() or None}
        filled["fields"] = {name[6:]: value for name, value in form.items() if name.startswith("field:")}
        if form.get("vat"):
            filled["tax_id"] = ("eu_vat", form["vat"])
        try:
            if form.get("code"):
                checkout.apply_code(self.store, session["id"], form["code"])
            paid = checkout.pay(self.store, session["id"], card=form.get("card", ""), **filled)
        except ApiError as refused:
            self.store.restore(kept)
            return "", pages.pay(self.store, self.store.get("checkout.session", session["id"]), refused=str(refused))
        return str(paid["success_url"]).replace("{CHECKOUT_SESSION_ID}", paid["id"]), ""

    def _portal(self, session: Json, form: dict[str, str]) -> None:
        act = form.get("act")
        if act == "card":
            method = customers.create_card(self.store, form.get("card", ""))
            customers.attach_card(self.store, {"customer": session["customer"]}, method["id"])
            default = {"invoice_settings": {"default_payment_method": method["id"]}}
            customers.update(self.store, default, session["customer"])
            for each in self.store.all("subscription", customer=session["customer"]):
                each["default_payment_method"] = None
        elif act == "pay":
            invoice = self.store.get("invoice", form.get("key"))
            if invoice["customer"] == session["customer"] and (refused := subscriptions.collect(self.store, invoice)):
                raise refused
        elif act in {"cancel", "keep"}:
            found = self.store.get("subscription", form.get("key"))
            if found["customer"] == session["customer"]:
                wish = {"cancel_at_period_end": str(act == "cancel").lower()}
                subscriptions.update(self.store, wish, found["id"])


def _page_of(path: str) -> tuple[str, str]:
    for start, kind in (("/c/pay/", "checkout.session"), ("/p/session/", "billing_portal.session")):
        if path.startswith(start):
            return kind, path.removeprefix(start)
    raise ApiError(404, "invalid_request_error", "There is no such page.")


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - the site's own
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 503  # not up yet, or being restarted: tried again later


def _handler(double: Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("GET", "")

        def do_DELETE(self) -> None:
            self._answer("DELETE", "")

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length", 0)), LARGEST)
            self._answer("POST", self.rfile.read(length).decode())

        def _answer(self, method: str, body: str) -> None:
            if urlsplit(self.path).path.startswith("/v1/"):
                try:
                    status, text = api.answer(double.store, method, self.path, dict(self.headers), body)
                except api.ConnectionLost:
                    self.close_connection = True
                    return
                self._send(status, text, "application/json")
                return
            try:
                with double.store.lock:
                    self._page(method, urlsplit(self.path).path, body)
            except ApiError as error:
                self._send(error.status, pages.page("Not here", f"<p>{error}</p>"), "text/html; charset=utf-8")

        def _page(self, method: str, path: str, body: str) -> None:
            if method == "GET":
                self._send(200, double.show(path), "text/html; charset=utf-8")
                return
            form = {name: values[0] for name, values in parse_qs(body).items()}
            where, shown = double.act(path, form)
            if where:
                self.send_response(303)
                self.send_header("Location", where)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._send(402, shown, "text/html; charset=utf-8")

        def _send(self, status: int, text: str, kind: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Request-Id", f"req_{time.time_ns()}")
            self.end_headers()
            self.wfile.write(data)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            logger.debug("%s %s", self.requestline, code)

    return Handler
