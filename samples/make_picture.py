#!/usr/bin/env python3
"""Draws before-after.png: spectrograms of a recording and of what VoiceClean made of it.

  apt-get install python3-matplotlib python3-scipy python3-soundfile
  python3 samples/make_picture.py samples/fan.wav out.wav
"""
import os
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import soundfile as sf
from PIL import Image

figure, axes = plt.subplots(1, 2, figsize=(11, 3.6), sharey=True, constrained_layout=True)
for axis, path, title in zip(axes, sys.argv[1:3], ("before", "after")):
    x, fs = sf.read(path)
    x = x / np.sqrt(np.mean(np.sort(x ** 2)[len(x) // 2:])) * 0.05     # the same speech level in both pictures
    axis.specgram(x, NFFT=1024, Fs=fs, noverlap=768, vmin=-130, vmax=-45, cmap="magma")
    axis.set(title=title, xlabel="time [s]", ylim=(0, 16000))
    axis.set_yticks(range(0, 16001, 4000), ["0", "4", "8", "12", "16"])
axes[0].set_ylabel("frequency [kHz]")
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "before-after.png")
figure.savefig(path, dpi=80)
Image.open(path).convert("RGB").quantize(48).save(path, optimize=True)     # a third of the size, the same picture
