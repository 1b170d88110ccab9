"""Stands in for GPT-SoVITS's tools/cmd-denoise.py: VoiceClean denoises instead, at 32 kHz and not at 16.

Copy it over that file; the web page calls it with the same arguments and needs no change:

    cmd-denoise.py -i INPUT -o OUTPUT [-p float16]

Every recording in INPUT comes out under its name in OUTPUT, as long as it was and at its own level; -p is for the model
that it replaces. Hopeless recordings are refused with a sentence and do not come out. What a run remembers lies in
OUTPUT.voiceclean. VOICECLEAN names the program if it is not on the path.
"""

import argparse
import os
import subprocess
import sys

PROGRAM = os.environ.get("VOICECLEAN", "voiceclean")


def denoise(source, output):
    output = output.rstrip("/\\")
    return subprocess.call(
        [PROGRAM, "batch", source, "-o", output, "--state", output + ".voiceclean"]
        + ["--no-recursive", "--on-collision", "suffix", "--silence", "off", "--loudness", "off"]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("-i", "--input_folder", required=True)
    parser.add_argument("-o", "--output_folder", required=True)
    parser.add_argument("-p", "--precision", default="float16", choices=["float16", "float32"])
    chosen = parser.parse_args()
    sys.exit(denoise(chosen.input_folder, chosen.output_folder))
