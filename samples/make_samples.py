#!/usr/bin/env python3
"""Makes the three noisy recordings beside this script, always the same bytes on the same versions of its tools.

  apt-get install espeak-ng python3-numpy python3-scipy
  python3 samples/make_samples.py

Speech by espeak-ng; the noise is computed: a fan (shaped noise with blade harmonics), a keyboard (key strokes of two
clicks each over a quiet room) and mains hum (50 Hz with harmonics). Each begins with 0.6 s of noise alone, as a
recording does when somebody presses the button and breathes in.
"""
import os
import subprocess
import tempfile
import wave

import numpy as np
from scipy.signal import butter, lfilter, resample_poly

HERE = os.path.dirname(os.path.abspath(__file__))
LEAD, TAIL = 0.6, 0.6       # seconds of noise alone before and after the speech


def speak(text, voice, rate):
    """One sentence at the given sampling rate, active level about -26 dBFS."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "speech.wav")
        subprocess.run(["espeak-ng", "-v", voice, "-s", "165", "-w", path, text], check=True)
        with wave.open(path) as w:
            fs = w.getframerate()
            x = np.frombuffer(w.readframes(w.getnframes()), "<i2") / 32768
    loud = np.abs(x) > 0.01
    x = x[np.argmax(loud):len(x) - np.argmax(loud[::-1])]
    g = np.gcd(fs, rate)
    x = resample_poly(x, rate // g, fs // g)
    return x / np.sqrt(np.mean(x[np.abs(x) > 0.01] ** 2)) * 10 ** (-26 / 20)


def fan(n, fs, rng):
    """Air noise falling with frequency, and the blades at 96 Hz and its multiples with a slow beat."""
    x = lfilter(*butter(1, 900, fs=fs), rng.standard_normal(n)) + 0.06 * rng.standard_normal(n)
    t = np.arange(n) / fs
    for k in range(1, 6):
        x += 0.10 / k * np.sin(2 * np.pi * 96 * k * t + rng.uniform(0, 6)) * (1 + 0.2 * np.sin(2 * np.pi * 0.7 * t))
    return x


def keyboard(n, fs, rng):
    """A key goes down and up: two bursts of ringing noise 60 to 110 ms apart, about four strokes a second."""
    x = 0.006 * lfilter(*butter(1, 2000, fs=fs), rng.standard_normal(n))
    at = 0.15
    while at < n / fs - 0.3:
        for delay, level in ((0, 1.0), (rng.uniform(0.06, 0.11), 0.5)):
            length = int(0.02 * fs)
            t = np.arange(length) / fs
            click = rng.standard_normal(length) * np.exp(-t / rng.uniform(0.0015, 0.003))
            click += 0.8 * np.sin(2 * np.pi * rng.uniform(2500, 4500) * t) * np.exp(-t / 0.004)
            start = int((at + delay) * fs)
            x[start:start + length] += level * rng.uniform(0.6, 1.0) * 0.25 * click
        at += rng.uniform(0.15, 0.40)
    return x


def hum(n, fs, rng):
    """50 Hz and its multiples, odd ones stronger, over the hiss of a cheap amplifier."""
    t = np.arange(n) / fs
    x = 0.05 * rng.standard_normal(n)
    for k, level in enumerate((1.0, 0.35, 0.6, 0.15, 0.35, 0.08, 0.2, 0.05, 0.12), 1):
        x += level * np.sin(2 * np.pi * 50 * k * t + rng.uniform(0, 6))
    return x


def make(name, text, voice, rate, noise, noise_db, seed):
    rng = np.random.default_rng(seed)
    s = speak(text, voice, rate)
    s = np.concatenate([np.zeros(int(LEAD * rate)), s, np.zeros(int(TAIL * rate))])
    v = noise(len(s), rate, rng)
    x = s + v / np.sqrt(np.mean(v ** 2)) * 10 ** (noise_db / 20)
    with wave.open(os.path.join(HERE, name), "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(rate)
        w.writeframes(np.clip(np.round(x * 32767), -32768, 32767).astype("<i2").tobytes())
    print("%s: %.2f s, peak %.2f" % (name, len(x) / rate, np.abs(x).max()))


make("fan.wav", "She sells fresh fish and chips this Thursday.", "en-us", 44100, fan, -38, 1)
make("keyboard.wav", "The first voice sample should stay as crisp as this.", "en-gb", 22050, keyboard, -40, 2)
make("hum.wav", "Please speak softly, six metres from the stage.", "en-us+f3", 44100, hum, -38, 3)
