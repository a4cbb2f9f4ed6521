"""The kiosk's health and metrics over HTTP, for programs on the same machine."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from typing import TYPE_CHECKING

from typing_extensions import Self

from assistant.errors import SettingsError, UsageError
from assistant.kiosk.health import Health, memory_mb

if TYPE_CHECKING:
    from prometheus_client.core import Metric

_log = logging.getLogger("assistant.kiosk")

_LOOPBACK = "127.0.0.1"
_OURS = frozenset({_LOOPBACK, "localhost"})
"""Hosts that a request may be for: a page from elsewhere whose name points here is refused."""


class HealthMetrics:
    """A kiosk's health as Prometheus has it; a collector of ``prometheus_client``.

    Parameters
    ----------
    health : Health
    """

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        health = self._health
        for name, what, label, counts in (
            ("sessions", "Sessions by how they ended", "outcome", health.sessions),
            ("sessions_left", "Abandoned sessions by the question that was open", "question", health.left_at),
            ("deliveries", "Deliveries at the end of a session", "outcome", health.deliveries),
        ):
            family = CounterMetricFamily(f"assistant_kiosk_{name}", what, labels=[label])
            for value, count in sorted(counts.items()):
                family.add_metric([value], count)
            yield family
        for name, what, count in (
            ("answers", "Answers heard", health.answers),
            ("answers_lost_sound", "Answers with sound missing", health.lost),
            ("restarts", "Times that everything was made anew", health.restarts),
        ):
            yield CounterMetricFamily(f"assistant_kiosk_{name}", what, value=count)
        bounds, total_s = health.replies
        buckets = [("+Inf" if bound == float("inf") else str(bound), float(count)) for bound, count in bounds]
        yield HistogramMetricFamily(
            "assistant_kiosk_reply_seconds", "From an answer's end to the reply's beginning", buckets, total_s
        )
        yield GaugeMetricFamily("assistant_kiosk_well", "Whether nothing is wrong", value=float(health.is_well))
        yield GaugeMetricFamily("assistant_kiosk_uptime_seconds", "Since the start", value=health.uptime_s)
        memory = memory_mb()
        if memory is not None:
            yield GaugeMetricFamily("assistant_kiosk_memory_bytes", "Resident memory", value=memory * 1e6)


class Monitor:
    """Serves ``/health``, and ``/metrics`` if wanted, on a port of this machine that no other can reach.

    Parameters
    ----------
    health : Health
    port : int
        0 for any that is free.
    metrics : bool

    Raises
    ------
    UsageError
        If metrics are wanted and their library isn't installed.
    """

    def __init__(self, health: Health, port: int, *, metrics: bool = False) -> None:
        if metrics and find_spec("prometheus_client") is None:
            raise UsageError("Metrics need an extra: pip install 'voice-review-assistant[metrics]'.")
        self._pages: dict[str, Callable[[], tuple[int, str, bytes]]] = {"/health": lambda: _health_page(health)}
        if metrics:
            self._pages["/metrics"] = _metrics_page(health)
        self._wanted = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def port(self) -> int:
        """The port; what was asked for before it is open."""
        return self._server.server_port if self._server is not None else self._wanted

    def __enter__(self) -> Self:
        """Begin to serve.

        Raises
        ------
        SettingsError
            If the port is taken.
        """
        try:
            self._server = ThreadingHTTPServer((_LOOPBACK, self._wanted), _handler(self._pages))
        except OSError as error:
            raise SettingsError(
                f"The port {self._wanted} can't be used ({(error.strerror or str(error)).lower()}). Choose another one."
            ) from error
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="monitor", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def _health_page(health: Health) -> tuple[int, str, bytes]:
    document = health.document()
    return 200 if document["well"] else 503, "application/json", json.dumps(document, ensure_ascii=False).encode()


def _metrics_page(health: Health) -> Callable[[], tuple[int, str, bytes]]:
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

    registry = CollectorRegistry()
    registry.register(HealthMetrics(health))
    return lambda: (200, CONTENT_TYPE_LATEST, generate_latest(registry))


def _handler(pages: Mapping[str, Callable[[], tuple[int, str, bytes]]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "kiosk", ""
        timeout = 10

        def do_GET(self) -> None:
            if self.headers.get("Host", "").partition(":")[0] not in _OURS:
                self.send_error(403)
                return
            page = pages.get(self.path)
            if page is None:
                self.send_error(404)
                return
            status, kind, body = page()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            _log.debug(format, *args)

    return Handler
