#!/usr/bin/env python3
"""Do two builds make the same bytes?  same_bytes.py OLD NEW FOLDER [FOLDER ...] [--list FILE]

Cleans every recording below the folders with both programs under the option sets below, and compares exit code,
SHA-256 of the result and the reason of a refusal. Prints each difference and the counts; exits 1 if anything differs.
--list keeps the hashes of NEW, one line a run, to compare with later.
"""
import hashlib, itertools, json, os, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

AUDIO = (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aiff")
OPTIONS = [
    [],
    ["--strength", "1", "--silence", "off", "--loudness", "off", "--gate", "off"],
    ["--strength", "0", "--rate", "22050", "--gate", "off"],
    ["--noise", "head", "--silence", "all", "--gate", "warn"],
    ["--denoiser", "noisereduce", "--bit-depth", "24", "--gate", "off"],
    ["--noise", "off", "--compress", "--dual-mono", "--channel", "left", "--gate", "off"],
    ["--stages", "suppress-clicks,remove-hum,high-pass", "--bit-depth", "32f"],
]


def run(program, path, options, folder, name):
    out = os.path.join(folder, name)
    done = subprocess.run([program, path, out, "--json", "-q", *options], capture_output=True, text=True)
    digest = hashlib.sha256(open(out, "rb").read()).hexdigest() if os.path.exists(out) else "-"
    if os.path.exists(out):
        os.remove(out)
    reason = None
    for line in done.stdout.splitlines():
        reason = reason or json.loads(line).get("reason")
    return done.returncode, digest, reason


def main():
    arguments = sys.argv[1:]
    keep = None
    if "--list" in arguments:
        at = arguments.index("--list")
        keep = open(arguments[at + 1], "w")
        del arguments[at:at + 2]
    old, new, *folders = arguments
    files = sorted(os.path.join(d, f) for root in folders for d, _, names in os.walk(root) for f in names
                   if f.lower().endswith(AUDIO))
    runs = list(itertools.product(files, range(len(OPTIONS))))
    different = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        def both(at):
            path, which = runs[at]
            return [run(p, path, OPTIONS[which], folder, f"{at}-{i}.wav") for i, p in enumerate((old, new))]
        for (path, which), (a, b) in zip(runs, pool.map(both, range(len(runs)))):
            if keep:
                print(b[0], b[1], b[2], os.path.basename(path), " ".join(OPTIONS[which]), file=keep)
            if a != b:
                different += 1
                print(f"{path} {' '.join(OPTIONS[which])}: {a} -> {b}")
    made = sum(1 for _ in runs)
    print(f"{made - different} passed, {different} failed")
    sys.exit(1 if different else 0)


main()
