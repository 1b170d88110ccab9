"""Stands in for GPT-SoVITS's tools/slice_audio.py: VoiceClean cleans and cuts instead.

Copy it over that file; the web page calls it with the same arguments and needs no change:

    slice_audio.py INPUT OUTPUT threshold min_length min_interval hop max_sil_kept max alpha PART PARTS

INPUT (a file or a folder) is cleaned and cut in pauses into clips of 1 to 19.5 s at -16 LUFS, which appear in OUTPUT.
The numbers in the middle are for the slicer that it replaces and mean nothing here. PART of PARTS is one share of the
recordings, so that several processes work side by side. What a run remembers, its lists, its report and the clips that
were rejected with their reasons lie in OUTPUT.voiceclean, so OUTPUT holds clips and nothing else. The same again goes
on where it stopped. VOICECLEAN names the program if it is not on the path.
"""

import os
import re
import shutil
import subprocess
import sys

PROGRAM = os.environ.get("VOICECLEAN", "voiceclean")
OURS = re.compile(r"_\d{8}_\d{8}\.wav$")


def slice_audio(source, output, part, parts):
    work = os.path.join(output.rstrip("/\\") + ".voiceclean", f"{parts}-parts")
    os.makedirs(output, exist_ok=True)
    code = subprocess.call(
        [PROGRAM, "dataset", source, "-o", work, "--speaker", "clips", "--no-recursive"]
        + ["--shard", f"{part + 1}/{parts}", "--progress", "plain"]
    )
    clips = os.path.join(work, "clips")
    made = set(os.listdir(clips)) if os.path.isdir(clips) else set()
    for name in sorted(made):
        place(os.path.join(clips, name), os.path.join(output, name))

    # Clips of earlier settings, and such as have turned out to be no voice.
    for name in os.listdir(output):
        if OURS.search(name) and name not in made:
            remove(os.path.join(output, name))

    return code


def place(clip, target):
    if os.path.exists(target) and os.path.samefile(clip, target):
        return
    remove(target)
    try:
        os.link(clip, target)
    except FileExistsError:
        pass  # another part was faster
    except OSError:
        shutil.copyfile(clip, target)  # another disk


def remove(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass


if __name__ == "__main__":
    if len(sys.argv) != 12:
        sys.exit("slice_audio.py takes 11 arguments, as tools/slice_audio.py of GPT-SoVITS does")
    sys.exit(slice_audio(sys.argv[1], sys.argv[2], int(sys.argv[10]), int(sys.argv[11])))
