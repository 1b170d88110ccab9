"""client.py IN OUT.wav [word=value...]: cleans one recording through a server; comes again while that is full."""
import json, os, pathlib, sys, time, urllib.error, urllib.parse, urllib.request

source, target, *words = sys.argv[1:]
server = os.environ.get("VOICECLEAN_URL", "http://127.0.0.1:8080")
query = urllib.parse.urlencode([("id", os.path.basename(source)), *(w.split("=", 1) for w in words)])
headers = {"Content-Type": "audio/*", "Authorization": "Bearer " + os.environ.get("VOICECLEAN_TOKEN", "none")}
body = pathlib.Path(source).read_bytes()
for attempt in range(10):
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{server}/v1/clean?{query}", body, headers)) as answer:
            pathlib.Path(target).write_bytes(answer.read())
        sys.exit(0)
    except urllib.error.HTTPError as refusal:
        problem = json.load(refusal)
        if not problem["retryable"]:
            sys.exit(f"{source}: {problem['detail']}")
        time.sleep(int(refusal.headers["Retry-After"] or 1))
sys.exit(f"{source}: the server is too busy")
