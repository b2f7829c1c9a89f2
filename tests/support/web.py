"""What the web applications of the tests are made of: each of them is one file, so this is text to begin it with.

It speaks HTTP on a socket itself, for the standard library's server takes longer to import than all the rest to run.
"""

from __future__ import annotations

from typing import Final

WEB: Final = '''
import json, os, signal, socketserver, sys, threading, time

class Handler(socketserver.StreamRequestHandler):
    """Gives each request to `answer(method, body)`, its path in `self.path`, which returns a status and the body."""

    def handle(self):
        while line := self.rfile.readline():
            method, self.path, version = line.decode().split()
            fields = {}
            while field := self.rfile.readline().strip():
                name, _, value = field.decode().partition(":")
                fields[name.lower()] = value.strip().lower()
            status, body = self.answer(method, self.rfile.read(int(fields.get("content-length", 0))))
            self.wfile.write(f"HTTP/1.1 {status} -\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n".encode() + body)
            if version == "HTTP/1.0" or fields.get("connection") == "close":
                return

class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 128
'''
"""Python with a `Handler` to derive one's own from, a `Server` for it, and what most programs import."""
