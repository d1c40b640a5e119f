"""Ask the vLLM server beside us for one real token; end with 1 where none comes. For health checks of containers."""

import json
import os
import urllib.request

ADDRESS = os.environ.get("PROBE_URL", "http://127.0.0.1:8001/v1/chat/completions")  # ours, not a user's
BODY = {"model": "base", "messages": [{"role": "user", "content": "Say yes."}], "max_tokens": 1, "temperature": 0}

request = urllib.request.Request(
    ADDRESS,
    json.dumps(BODY).encode(),
    {"content-type": "application/json", "authorization": f"Bearer {os.environ.get('VLLM_API_KEY', '')}"},
)
with urllib.request.urlopen(request, timeout=20) as answer:
    raise SystemExit(json.load(answer)["usage"]["completion_tokens"] != 1)
