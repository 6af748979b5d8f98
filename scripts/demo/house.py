"""Odoo inside this process: its registry, and its web server on a free port.

The server runs in threads of this process, so that the simulated time holds for the
requests too.
"""

import logging
import threading

import werkzeug.serving

import odoo
import odoo.http
import odoo.modules.registry
from odoo.tools import config

from scripts import paths


class _QuietHandler(werkzeug.serving.WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type, message, *args):
        """Requests are the run's own; its report names what matters."""


def configure(database):
    """Read the project's configuration for one database, without schedulers."""
    config.parse_config(
        ["--config", str(paths.CONF), "--database", database, "--no-http",
         "--db-filter", f"^{database}$", "--max-cron-threads", "0",
         "--log-level", "warn"],
        setup_logging=True,
    )
    logging.getLogger("odoo.addons.base.models.ir_mail_server").setLevel("ERROR")


def registry(database):
    """The registry of the database; the addon's code is loaded with it."""
    return odoo.modules.registry.Registry(database)


class WebServer:
    """Odoo's WSGI application on 127.0.0.1, in threads: `with WebServer() as s`."""

    def __enter__(self):
        odoo.http.root.initialize() if hasattr(odoo.http.root, "initialize") else None
        self._server = werkzeug.serving.make_server(
            "127.0.0.1", 0, odoo.http.root, threaded=True,
            request_handler=_QuietHandler,
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05},
            daemon=True,
        )
        self._thread.start()
        return self

    def __exit__(self, *_details):
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()
