#!/usr/bin/env python3
"""Every decoder over many files: is it exact, how fast, and the same bits everywhere?

decoders.py PROGRAM [PROGRAM ...] [--seconds 20] [--speed] [--damage N] [--keep FOLDER]

PROGRAM is the native binary or VoiceClean.Cli.dll (run by dotnet: as it is, without AVX2, without any intrinsics).
Each file is decoded with what is installed and again with nothing installed (no ffmpeg, a libsndfile that does not
load). Prints a row a format: files, decoder, worst agreement with the reference (ffmpeg; Opus: libopus) and whether
all runs gave the same bytes; exits 1 if any did not. --speed adds times real time, from processor time beyond that of
the same sound as WAV, and those of ffmpeg and of the format's own program (flac, opusdec, oggdec, mpg123, where it is
installed) alone. --damage makes N damaged copies of each format (cut, holes, foreign bytes, flipped bytes, zeros)
and cleans them, with what is installed and with nothing and an empty environment: every one must end in a result or a
refusal, and nothing but the program's own words may stand on standard error. Needs ffmpeg, lame, flac, oggenc, opusenc
and espeak-ng.
"""
import argparse, hashlib, json, math, os, random, resource, shutil, subprocess, sys, tempfile
from array import array

PLAIN = ["--strength", "0", "--silence", "off", "--loudness", "off", "--gate", "off", "--bit-depth", "32f",
         "--channel", "left", "-q", "--json", "--progress", "none"]
FFMPEG = "ffmpeg -nostdin -v error -y -i IN"
RECIPES = {
    "wav": [f"{FFMPEG} -c:a {c} OUT.wav" for c in
            ("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw", "pcm_mulaw")],
    "flac": [f"flac -s -{level} -o OUT.flac IN" for level in (0, 3, 5, 8)]
            + [f"{FFMPEG} -sample_fmt s32 OUT.flac", f"{FFMPEG} -ar 96000 OUT.flac", "flac -s --ogg -o OUT.oga IN"],
    "m4a": [f"{FFMPEG} -aac_pns 0 -ar {rate} -ac {ch} -b:a {rate_k}k OUT.m4a" for rate, ch, rate_k in
            ((16000, 1, 32), (22050, 1, 48), (32000, 2, 96), (44100, 1, 64), (44100, 2, 128), (48000, 2, 256))]
           + [f"{FFMPEG} -aac_pns 0 OUT.aac", f"{FFMPEG} -aac_pns 0 -movflags frag_keyframe+empty_moov OUT.mp4"],
    "opus": [f"opusenc --quiet --bitrate {k} IN OUT.opus" for k in (12, 24, 48, 96, 192)]
            + ["opusenc --quiet --framesize 60 IN OUT.opus", f"{FFMPEG} -c:a libopus -application voip OUT.ogg"],
    "vorbis": [f"oggenc -Q -q {q} -o OUT.ogg IN" for q in (-1, 2, 5, 9)] + ["oggenc -Q --downmix -q 4 -o OUT.ogg IN"],
    "mp3": [f"lame --silent {o} IN OUT.mp3" for o in
            ("-b 64 -m m", "-b 128", "-b 320", "-V0", "-V4", "-V7 -m m", "--abr 96", "-t -V4", "--resample 16 -b 32")],
    "aiff": [f"{FFMPEG} -c:a {c} OUT.aiff" for c in ("pcm_s16be", "pcm_s24be", "pcm_f32be", "pcm_alaw")],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--damage", type=int, default=0)
    parser.add_argument("--keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or folder
        os.makedirs(folder, exist_ok=True)
        source = make_source(folder, options.seconds)
        broken = os.path.join(folder, "broken")
        os.makedirs(broken, exist_ok=True)
        open(os.path.join(broken, "libsndfile.so.1"), "w").write("no library\n")
        runs = [(program, variant, bare) for program in options.programs
                for variant in variants(program) for bare in (False, True)]
        inputs, kinds = os.path.join(folder, "in"), {}
        for name, recipes in RECIPES.items():
            for index, recipe in enumerate(recipes):
                path = make(recipe, source, inputs, f"{name}-{index}")
                kinds[os.path.relpath(path, inputs)] = name
        same = report(kinds, inputs, runs, folder, broken)
        if options.damage:
            same &= damage(options.programs[0], kinds, inputs, folder, broken, options.damage)
        if options.speed:
            speed(options.programs[0], folder, broken)
        sys.exit(0 if same else 1)


def variants(program):
    if not program.endswith(".dll"):
        return [{}]
    return [{}, {"DOTNET_EnableAVX2": "0"}, {"DOTNET_EnableHWIntrinsic": "0"}]


def make_source(folder, seconds):
    words = "Six thick thistle sticks, she sells sea shells by the shore. We were all away a year ago, mellow lemon. "
    spoken = os.path.join(folder, "spoken.wav")
    subprocess.run(["espeak-ng", "-s", "150", "-w", spoken, words * (1 + seconds // 6)], check=True)
    source = os.path.join(folder, "source.wav")
    mix = (f"[0]aresample=44100,apad,atrim=0:{seconds}[a];[1]volume=0.02[b];[a][b]join=inputs=2,"
           "pan=stereo|c0=c0+0.5*c1|c1=0.7*c0+c1")
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", spoken, "-f", "lavfi", "-i",
                    f"anoisesrc=d={seconds}:r=44100:seed=1", "-filter_complex", mix, "-c:a", "pcm_s16le", source],
                   check=True)
    return source


def make(recipe, source, folder, stem):
    os.makedirs(folder, exist_ok=True)
    base = os.path.join(folder, stem)
    words = [source if w == "IN" else base + w[3:] if w.startswith("OUT") else w for w in recipe.split()]
    subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
    path = next(w for w in words if w.startswith(base))
    rate = os.path.join(folder, str(rate_of(path)))
    os.makedirs(rate, exist_ok=True)
    return os.rename(path, os.path.join(rate, os.path.basename(path))) or os.path.join(rate, os.path.basename(path))


def decode(program, variant, bare, inputs, outputs, broken):
    """Decodes a folder of files of one rate, its name; the decoder of each file."""
    environment = {**os.environ, **variant}
    if bare:
        environment.update(LD_LIBRARY_PATH=broken, VOICECLEAN_FFMPEG="/nowhere")
    command = ["dotnet", program] if program.endswith(".dll") else [program]
    done = subprocess.run([*command, "batch", inputs, "-o", outputs, "--rate", os.path.basename(inputs), *PLAIN],
                          capture_output=True, text=True, env=environment)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["id"]: (line["input"] or {}).get("decoder") if line["status"] == "ok" else line["message"]
            for line in lines if line["event"] == "file"}


def rate_of(path):
    probe = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=sample_rate",
                            "-of", "csv=p=0", path], capture_output=True, text=True)
    return int(probe.stdout.split()[0].strip(","))


def reference(path):
    codec = ["-c:a", "libopus"] if path.endswith(".opus") or "opus" in codec_of(path) else []
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *codec, "-i", path, "-af", "pan=mono|c0=c0", "-f",
                          "f32le", "-"], capture_output=True, check=True).stdout
    return array("f", raw[:len(raw) // 4 * 4])


def codec_of(path):
    return subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", path],
                          capture_output=True, text=True).stdout


def samples(path):
    data = open(path, "rb").read()
    at = data.index(b"data") + 8
    return array("f", data[at:at + (len(data) - at) // 4 * 4])


def agreement(ours, theirs):
    remark = "" if len(ours) == len(theirs) else f"{len(ours)} samples, not {len(theirs)}"
    error = sum((a - b) ** 2 for a, b in zip(ours, theirs))
    signal = sum(b * b for b in theirs)
    return (math.inf if error == 0 else 10 * math.log10(signal / error)), remark


def report(kinds, inputs, runs, folder, broken):
    hashes, worst, count, remarks = {}, {}, {}, []
    for number, (program, variant, bare) in enumerate(runs):
        for rate in sorted(os.listdir(inputs)):
            outputs = os.path.join(folder, f"out{number}", rate)
            decoders = decode(program, variant, bare, os.path.join(inputs, rate), outputs, broken)
            for file, decoder in decoders.items():
                kind, out = kinds[f"{rate}/{file}"], os.path.join(outputs, os.path.splitext(file)[0] + ".wav")
                if not os.path.exists(out):
                    remarks.append(f"{rate}/{file} {variant} {'bare' if bare else ''}: {decoder}")
                    continue
                digests = hashes.setdefault((kind, decoder), {}).setdefault(file, set())
                if not digests:
                    value, remark = agreement(samples(out), reference(os.path.join(inputs, rate, file)))
                    worst[kind, decoder] = min(value, worst.get((kind, decoder), math.inf))
                    remarks += [f"{file} {decoder}: {remark}"] if remark else []
                digests.add(hashlib.sha256(open(out, "rb").read()).hexdigest())
    print(f"{'format':7} {'files':>5}  {'decoder':10} {'agreement':>10}  same bytes in {len(runs)} runs")
    for (kind, decoder), files in hashes.items():
        shown = "exact" if worst[kind, decoder] == math.inf else f"{worst[kind, decoder]:.0f} dB"
        different = [file for file, digests in files.items() if len(digests) > 1]
        same = "NO: " + ", ".join(different) if different else "yes"
        print(f"{kind:7} {len(files):5}  {decoder:10} {shown:>10}  {same}")
        count[decoder] = count.get(decoder, 0) + len(different)
    for remark in remarks:
        print(f"        {remark}")
    return sum(count.values()) == 0


def damaged(data, chance):
    """One of five kinds of damage, one to five times."""
    data, kind = bytearray(data), chance.randrange(5)
    for _ in range(chance.randint(1, 5)):
        at, length = chance.randrange(len(data)), chance.randint(1, max(2, len(data) // 20))
        if kind == 0:
            data = data[:max(at, 64)]
        elif kind == 1:
            del data[max(at, 64):max(at, 64) + length]
        elif kind == 2:
            data[at:at] = chance.randbytes(length)
        elif kind == 3:
            data[at] ^= 1 << chance.randrange(8)
        else:
            data[at:at + length] = bytes(len(data[at:at + length]))
    return bytes(data)


def damage(program, kinds, inputs, folder, broken, count):
    command, good = ["dotnet", program] if program.endswith(".dll") else [program], True
    print(f"\n{count} damaged files a format: cleaned, refused, not ended, words that are not ours")
    for kind in RECIPES:
        files, chance = sorted(f for f in kinds if kinds[f] == kind), random.Random(kind)
        place = os.path.join(folder, "damaged-" + kind)
        os.makedirs(place)
        for number in range(count):
            file = files[number % len(files)]
            with open(os.path.join(inputs, file), "rb") as whole:
                data = damaged(whole.read(), chance)
            with open(os.path.join(place, f"{number}-{os.path.basename(file)}"), "wb") as copy:
                copy.write(data)
        bare = {"LD_LIBRARY_PATH": broken, "PATH": "", "HOME": folder}
        for name, environment in (("installed", None), ("bare", bare)):
            done = subprocess.run([*command, "batch", place, "-o", f"{place}-{name}", "--json", "--progress", "none",
                                   "--fail-on", "never", "--gate", "warn"], capture_output=True, text=True,
                                  env=environment, timeout=60 + count)
            lines = [line for line in map(json.loads, done.stdout.splitlines()) if line["event"] == "file"]
            cleaned = sum(line["status"] == "ok" for line in lines)
            bugs = sum(line["reason"] in ("internal_error", "timeout") for line in lines)
            foreign = [line for line in done.stderr.splitlines() if line.startswith(("[", "Warning"))]
            print(f"{kind:7} {name:10} {cleaned:5} {len(lines) - cleaned - bugs:5} {count - len(lines) + bugs:5} "
                  f"{len(foreign):5}  exit {done.returncode}", *foreign[:1], flush=True)
            good &= len(lines) == count and bugs == len(foreign) == 0 and done.returncode == 0
    return good


def speed(program, folder, broken):
    seconds, number = 300, iter(range(1000))
    source = make_source(folder, seconds)

    def once(path, bare):
        out = os.path.join(folder, f"speed{next(number)}")
        return cost(lambda: decode(program, {}, bare, os.path.dirname(path), out, broken))

    print(f"\nx real time, {seconds} s of stereo at 44.1 kHz (Opus 48): nothing installed, installed, ffmpeg alone, "
          "the format's own program alone")
    wav = {}
    for name, recipe in (("flac", "flac -s -5 -o OUT.flac IN"), ("m4a", f"{FFMPEG} -b:a 128k OUT.m4a"),
                         ("opus", "opusenc --quiet --bitrate 64 IN OUT.opus"),
                         ("vorbis", "oggenc -Q -q 4 -o OUT.ogg IN"), ("mp3", "lame --silent -V4 IN OUT.mp3"),
                         ("aiff", f"{FFMPEG} OUT.aiff")):
        path = make(recipe, source, os.path.join(folder, "s-" + name), name)
        rate = rate_of(path)
        if rate not in wav:
            plain = make(f"{FFMPEG} -ar {rate} OUT.wav", source, os.path.join(folder, f"s-wav{rate}"), "wav")
            wav[rate] = min(once(plain, True) for _ in range(3))
        times = [min(once(path, bare) for _ in range(3)) - wav[rate] for bare in (True, False)]
        alone = min(cost(lambda: subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", path,
                                                 "-c:a", "pcm_f32le", "-f", "null", "-"], check=True))
                    for _ in range(3))
        tool = own_program(name, path, os.path.join(folder, "own.wav"))
        own = min(cost(lambda: subprocess.run(tool, check=True, stderr=subprocess.DEVNULL))
                  for _ in range(3)) if tool and shutil.which(tool[0]) else None
        print(f"{name:7} " + "  ".join(f"{seconds / max(t, 1e-3):8.0f}" for t in (*times, alone))
              + (f"  {seconds / own:8.0f} {tool[0]}" if own else ""), flush=True)


def own_program(name, path, out):
    return {"flac": ["flac", "-s", "-d", "-f", "-o", out, path], "opus": ["opusdec", "--quiet", path, out],
            "vorbis": ["oggdec", "-Q", "-o", out, path], "mp3": ["mpg123", "-q", "-w", out, path]}.get(name)


def cost(action):
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    action()
    return used() - before


main()
