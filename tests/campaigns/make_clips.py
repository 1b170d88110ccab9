#!/usr/bin/env python3
"""Synthesises N noisy speech-like clips of 5 s (44.1 kHz, 16 bit, mono WAV) for the large runs of the batch.

    make_clips.py N FOLDER [--seconds 5] [--rate 44100]

Clip i follows from i alone. The voice: harmonics of a gliding pitch under three moving formant-like bumps, switched by
syllables of 3 to 5 a second with pauses, over pink-ish noise 15 to 30 dB below it and half a second of noise alone at
the head. 40 voices and 16 noises are made once and combined, so that 10,000 clips take about a minute. 100 clips a
folder.
"""
import argparse
import os
import struct

import numpy as np


def voice(seed, rate, seconds):
    rng = np.random.default_rng(seed)
    t = np.arange(int(rate * seconds)) / rate
    pitch = rng.uniform(90, 230) * (1 + 0.08 * np.sin(2 * np.pi * rng.uniform(0.2, 0.6) * t + rng.uniform(0, 6)))
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    formants = [(f * (1 + 0.1 * np.sin(2 * np.pi * rng.uniform(1, 3) * t)), w) for f, w in
                ((rng.uniform(400, 800), 120), (rng.uniform(1100, 1900), 200), (rng.uniform(2300, 3000), 300))]
    x = np.zeros_like(t)
    for k in range(1, int(4000 / pitch.max())):
        gain = sum(np.exp(-((k * pitch - f) / (2 * w)) ** 2) for f, w in formants)
        x += gain * np.sin(k * phase) / np.sqrt(k)
    syllables = np.clip(np.sin(2 * np.pi * rng.uniform(3, 5) * t + rng.uniform(0, 6)), 0, None)
    phrase = np.sin(2 * np.pi * t / rng.uniform(1.6, 2.6) + rng.uniform(0, 6)) > -0.7
    phrase &= (t > 0.5) & (t < seconds - 0.3)
    envelope = np.convolve(syllables * phrase, np.hanning(int(0.02 * rate)) / (0.01 * rate), mode="same")
    x *= envelope
    return x / max(np.abs(x).max(), 1e-9)


def noise(seed, rate, seconds):
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.standard_normal(int(rate * seconds)))
    spectrum /= np.maximum(1, np.arange(len(spectrum)) / seconds / 60) ** rng.uniform(0.3, 0.6)
    x = np.fft.irfft(spectrum, int(rate * seconds))
    return x / x.std()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int)
    parser.add_argument("folder")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rate", type=int, default=44100)
    a = parser.parse_args()
    voices = [voice(i, a.rate, a.seconds) for i in range(40)]
    noises = [noise(1000 + i, a.rate, a.seconds) for i in range(16)]
    for i in range(a.n):
        rng = np.random.default_rng(i)
        v, level = voices[i % 40], 10 ** (rng.uniform(-14, -4) / 20)
        speech_rms = np.sqrt(np.mean(v ** 2))
        n = np.roll(noises[i % 16], rng.integers(0, int(a.rate * a.seconds)))
        n = n * speech_rms * 10 ** (-rng.uniform(15, 30) / 20)
        samples = np.clip(np.round((v + n) * level * 0.9 * 32768), -32768, 32767).astype("<i2").tobytes()
        path = os.path.join(a.folder, f"{i // 100:03d}")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, f"clip{i:05d}.wav"), "wb") as f:
            f.write(struct.pack("<4sI4s", b"RIFF", 36 + len(samples), b"WAVE"))
            f.write(struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, a.rate, 2 * a.rate, 2, 16))
            f.write(struct.pack("<4sI", b"data", len(samples)))
            f.write(samples)


if __name__ == "__main__":
    main()
