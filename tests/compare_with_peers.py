#!/usr/bin/env python3
"""Times the whole program against what people use today, on the same files in one run, and prints the ratios.

  dotnet publish src/VoiceClean.Cli -p:PublishProfile=native -r linux-x64 -o artifacts/native
  apt-get install sox ffmpeg    (and, for the third peer, the Python package noisereduce with scipy and soundfile)
  python3 tests/compare_with_peers.py artifacts/native/voiceclean [--only 10s,200,10min,1h] [--runs 3]

The same work is asked of everyone: mono, 32 kHz, noise learnt from the first 0.5 s and reduced, silence cut at the
ends, about -16 LUFS, 16-bit WAV. Wall and CPU seconds (children included) are the median of the runs, memory is the
largest single process. Peers that are not installed are left out and named.
"""
import argparse
import array
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
RATE = 44100


def speech():
    """The project's own samples at 44.1 kHz, one after the other, as 16-bit stereo frames."""
    out = array.array("h")
    for name in ("fan.wav", "hum.wav"):
        with wave.open(os.path.join(HERE, "..", "samples", name)) as w:
            x = array.array("h", w.readframes(w.getnframes()))
        for s in x:
            out.extend((s, s))
    return out


def write(path, frames, seconds):
    """`seconds` of `frames`, repeated as often as needed."""
    need = int(seconds * RATE) * 2
    with wave.open(path, "wb") as w:
        w.setnchannels(2), w.setsampwidth(2), w.setframerate(RATE)
        while need > 0:
            part = frames[:need]
            w.writeframes(part.tobytes())
            need -= len(part)


SOX = r'''
sox "$1" -c 1 "$2.mono.wav" trim 0 0.5 && sox "$2.mono.wav" -n noiseprof "$2.prof" &&
sox "$1" "$2" remix - noisered "$2.prof" 0.21 silence 1 0.1 1% reverse silence 1 0.1 1% reverse rate 32000 gain -n -1'''

FFMPEG = r'''
trim="silenceremove=start_periods=1:start_threshold=-40dB"
chain="aresample=32000,afftdn=nr=12:nf=-40:tn=1,$trim,areverse,$trim,areverse"
m=$(ffmpeg -nostdin -hide_banner -i "$1" -ac 1 -af "$chain,loudnorm=I=-16:TP=-1:print_format=json" -f null - 2>&1 |
  tail -n 12)
v() { printf '%s' "$m" | sed -n "s/.*\"$1\" : \"\([^\"]*\)\".*/\1/p"; }
norm="loudnorm=I=-16:TP=-1:measured_I=$(v input_i):measured_TP=$(v input_tp)"
norm="$norm:measured_LRA=$(v input_lra):measured_thresh=$(v input_thresh):offset=$(v target_offset)"
ffmpeg -nostdin -v error -y -i "$1" -ac 1 -af "$chain,$norm" -ar 32000 -c:a pcm_s16le "$2"'''

PYTHON = r'''
import sys, numpy as np, soundfile as sf, noisereduce as nr
from scipy.signal import resample_poly
x, fs = sf.read(sys.argv[1]); x = resample_poly(x.mean(1) if x.ndim > 1 else x, 320, 441)
y = nr.reduce_noise(y=x, sr=32000, y_noise=x[:16000], stationary=True, prop_decrease=0.6)
loud = np.flatnonzero(np.abs(y) > 0.01); y = y[loud[0]:loud[-1] + 1]
y *= 10 ** ((-16 - 20 * np.log10(np.sqrt(np.mean(y ** 2)))) / 20)
sf.write(sys.argv[2], np.clip(y, -1, 1), 32000, subtype="PCM_16")'''


def peers(program):
    batch = [program, "batch", "{dir}", "-o", "{out}", "-q", "--progress", "none"]
    yield "voiceclean", [program, "{in}", "{out}", "-f", "-q"], batch
    for name, tool, script in (("SoX chain", "sox", SOX), ("FFmpeg chain", "ffmpeg", FFMPEG)):
        if shutil.which(tool):
            one = ["sh", "-c", script, "sh", "{in}", "{out}"]
            yield name, one, many(["sh", "-c", script, "sh"])
        else:
            print("left out: %s is not installed" % tool)
    if subprocess.run([sys.executable, "-c", "import noisereduce, soundfile"], capture_output=True).returncode == 0:
        one = [sys.executable, "-c", PYTHON, "{in}", "{out}"]
        yield "noisereduce recipe", one, many([sys.executable, "-c", PYTHON])
    else:
        print("left out: the Python package noisereduce is not installed")


def many(command):
    """All files of a folder, two at a time, as a shell script would."""
    quoted = " ".join("'" + c.replace("'", "'\\''") + "'" for c in command)
    script = "ls \"$1\" | xargs -P 2 -I F sh -c '%s \"$1/F\" \"$2/F\"' sh \"$1\" \"$2\"" % quoted.replace("'", "'\\''")
    return ["sh", "-c", script, "sh", "{dir}", "{out}"]


def measure(command, runs):
    walls, cpus, peak = [], [], 0
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        walls.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        peak = max(peak, usage.ru_maxrss)
        if status:
            print("   failed:", errors.decode("utf8", "replace").strip()[-300:])
    return statistics.median(walls), statistics.median(cpus), peak / 1024


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--only", default="10s,200,10min,1h")
    ap.add_argument("--runs", type=int, default=3)
    a = ap.parse_args()
    program, frames = os.path.abspath(a.program), speech()
    with tempfile.TemporaryDirectory() as root:
        for case in a.only.split(","):
            seconds = {"10s": 10, "200": 2000, "10min": 600, "1h": 3600}[case]
            source, target = os.path.join(root, case), os.path.join(root, case + "-out")
            if case == "200":
                os.makedirs(source)
                for i in range(200):
                    write(os.path.join(source, "c%03d.wav" % i), frames[2 * 500 * i:] + frames[:2 * 500 * i], 10)
            else:
                source += ".wav"
                write(source, frames, seconds)
            ours = None
            print("%s (%d s of audio)" % (case, seconds))
            print("   %-20s %9s %9s %9s %8s %8s %8s" % ("", "wall s", "cpu s", "peak MB", "x wall", "x cpu", "x RT"))
            for name, one, batch in peers(program):
                if case == "200":
                    def fresh(c):
                        shutil.rmtree(target, ignore_errors=True), os.makedirs(target)
                        return measure([w.replace("{dir}", source).replace("{out}", target) for w in c], 1)
                    rows = [fresh(batch) for _ in range(a.runs)]
                    wall, cpu, peak = (statistics.median(r[k] for r in rows) for k in range(3))
                else:
                    words = [w.replace("{in}", source).replace("{out}", target + ".wav") for w in one]
                    wall, cpu, peak = measure(words, a.runs)
                ours = ours or (wall, cpu)
                ratios = wall / ours[0], cpu / ours[1], seconds / wall
                print("   %-20s %9.3f %9.3f %9.1f %8.2f %8.2f %8.0f" % (name, wall, cpu, peak, *ratios))


main()
