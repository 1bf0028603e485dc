"""Debian's nginx in front of a server, with a site of one's own or that of ``deploy/``."""

import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port

_DEPLOY = Path(__file__).parents[2] / "deploy"
DEPLOYED = (_DEPLOY / "nginx.conf").read_text(encoding="utf-8")
ENVIRONMENT = (_DEPLOY / "environment").read_text(encoding="utf-8")
MAIN = """
daemon off;
user root;
worker_processes 2;
worker_rlimit_nofile 20000;
pid {folder}/pid;
error_log stderr;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    {site}
}}
"""


@contextmanager
def passing(folder, site):
    """Run nginx with a site, which is told its port; gives its address."""
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(MAIN.format(folder=folder, site=site(port)), encoding="utf-8")
    nginx = subprocess.Popen(["nginx", "-p", folder, "-e", "stderr", "-c", file])
    try:
        deadline = time.monotonic() + 20
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert nginx.poll() is None, "nginx stopped"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        nginx.send_signal(signal.SIGQUIT)
        nginx.wait(timeout=20)


def deployed(folder, server):
    """The site of ``deploy/nginx.conf``, without TLS, on one port."""

    def site(port):
        _, begin, secure = DEPLOYED.rpartition("server {\n    listen 443")
        plain = re.sub(r"(?m)^ *(listen|ssl_certificate(_key)?) .*\n", "", begin + secure)
        plain = plain.replace("server {\n", f"server {{\n    listen 127.0.0.1:{port};\n", 1)
        before = DEPLOYED[: DEPLOYED.index("server {\n    listen 80;")]
        return (
            (before + plain.removeprefix(begin))
            .replace("127.0.0.1:8000", server.removeprefix("http://"))
            .replace("/var/log/nginx/", f"{folder}/")
        )

    return site
