"""The ASGI application: HTTP by Django, sockets by Channels."""

import os
import sys
import threading
from pathlib import Path

# An ASGI server may import this module without going through manage.py.
_ROOT = Path(__file__).resolve().parents[2]
for _folder in (str(_ROOT), str(_ROOT / "platform")):
    if _folder not in sys.path:
        sys.path.insert(1, _folder)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.asgi import get_asgi_application  # noqa: E402 - the path and settings come first

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - apps must be loaded first

from config.sockets import socket_application  # noqa: E402 - apps must be loaded first
from generation.services import warm_up  # noqa: E402 - apps must be loaded first

threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
application = ProtocolTypeRouter({"http": django_application, "websocket": socket_application})
