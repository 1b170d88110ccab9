using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>
/// The recipe of the spectral gate once more: double precision, whole clip at once, one bin after the other, MathNet's
/// Fourier transform, the exponential integral by its series and its continued fraction. Written from the recipe for 32
/// kHz, without a look at block structure, lanes or approximations.
/// </summary>
internal sealed class SlowGate
{
    private const int Frame = 1024, Hop = 256, Bins = 513;
    private const double HopSeconds = (double)Hop / 32_000;
    private readonly int _count;
    private readonly Complex[][] _spectra;
    private readonly double[] _window =
    [
        .. Enumerable.Range(0, Frame).Select(n => Math.Sqrt(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / Frame)))),
    ];
    private readonly int _length;
    private readonly (int Start, int End)[] _silence;

    /// <param name="samples">The clip.</param>
    /// <param name="silence">Stretches of digital silence in it [sample].</param>
    public SlowGate(float[] samples, params (int Start, int End)[] silence)
    {
        _length = samples.Length;
        _silence = silence;
        _count = ((Frame + samples.Length) / Hop) + 1;
        _spectra = new Complex[_count][];
        for (int t = 0; t < _count; t++)
        {
            var x = new Complex[Frame];
            for (int n = 0; n < Frame; n++)
            {
                int at = (t * Hop) - Frame + n;
                x[n] = at >= 0 && at < samples.Length ? samples[at] * _window[n] : 0;
            }

            Fourier.Forward(x, FourierOptions.NoScaling);
            _spectra[t] = x[..Bins];
        }
    }

    /// <param name="profile">Noise power per bin.</param>
    /// <param name="verified">Whether the noise is at least the profile.</param>
    /// <param name="attenuationDb">In pauses.</param>
    /// <param name="voiced">Whether there is a voice, per 20 ms of which each begins 40 ms.</param>
    public double[] Process(double[] profile, bool verified, double attenuationDb, bool[] voiced)
    {
        double[] voice =
        [
            .. _spectra.Select(
                (_, t) =>
                {
                    int at = Math.Clamp((int)Math.Round(((t * Hop) - (Frame / 2)) / 640.0 - 1), 0, voiced.Length - 1);
                    return voiced.Select((v, i) => v ? 0.02 * Math.Abs(i - at) : 1e9).Min();
                }),
        ];
        double[][] power =
        [
            .. _spectra.Select(s => s.Select(c => (c.Real * c.Real) + (c.Imaginary * c.Imaginary)).ToArray()),
        ];
        (double[][] noise, double strong) = Noise(power, profile, verified);
        double[][] gamma = Map((t, k) => Math.Min(power[t][k] / noise[t][k], 1000));
        double[][] forward = Prior(gamma, Enumerable.Range(0, _count)),
            backward = Prior(gamma, Enumerable.Range(0, _count).Reverse());
        double[][] narrow = Smooth(gamma, 6, 3),
            broad = Smooth(gamma, 6, 10);
        double[] weight = [.. Enumerable.Range(0, Bins).Select(k => Math.Clamp(((k * 31.25) - 2500) / 2000, 0, 1))];
        // Bins 3 to 319 are the frame, up to 95 the voice, from 128 on fricatives
        double[] strength =
        [
            .. power.Zip(noise, (x, n) => Ramp(10 * Math.Log10(x[3..320].Sum() / n[3..320].Sum()), 0, 5)),
        ];
        double[] fricative =
        [
            .. power.Zip(
                noise,
                (x, n) =>
                    Ramp(
                        10
                            * Math.Log10(
                                (Math.Max(x[128..320].Sum() - n[128..320].Sum(), 0) + 1e-20)
                                    / (Math.Max(x[3..96].Sum() - n[3..96].Sum(), 0) + 1e-20)),
                        -10,
                        -5)),
        ];
        double[] spared =
        [
            .. fricative.Select(
                (_, t) =>
                    Enumerable.Range(-4, 9).Sum(j => (5 - Math.Abs(j)) * fricative[Math.Clamp(t + j, 0, _count - 1)])
                    / 25),
        ];
        double[][] presence = Map(
            (t, k) =>
                Blend(
                    weight[k],
                    Ramp(narrow[t][k], Blend(strength[t], 1.7, 1.0), Blend(strength[t], 2.25, 1.4)),
                    Ramp(broad[t][k], 1.35, 1.6)));
        double[][] sure = Map((t, k) => Blend(weight[k], Ramp(narrow[t][k], 2.3, 2.9), Ramp(broad[t][k], 2.3, 2.9)));
        double[] active = Activity(sure, broad, fricative, voice, profile);
        double full = Math.Min(1, Math.Pow(attenuationDb / 14.4, 2)),
            pause = Math.Pow(10, -attenuationDb / 20),
            masked = Math.Pow(10, -(attenuationDb + (4 * full)) / 20);
        double[][] gain = Map(
            (t, k) =>
            {
                double greater = Math.Max(forward[t][k], backward[t][k]),
                    g = gamma[t][k],
                    p = active[t] * presence[t][k];
                double xi = Blend(
                    weight[k],
                    greater,
                    Math.Sqrt(greater * Math.Max(broad[t][k] - 1, Math.Pow(10, -2.5))));
                double speech = p * Blend(0.8, Math.Pow(Math.Min(1, Lsa(xi, g)), 2) * g, xi),
                    wiener = speech / (1 + speech);
                double low = Blend(strength[t], 1.25, strong),
                    depth = Math.Min(2, full * Blend(weight[k], low, (1 - fricative[t]) * (low + 1)));
                double of =
                    depth < 1 ? Blend(depth, Math.Sqrt(wiener), wiener) : Blend(depth - 1, wiener, wiener * wiener);
                double least = Blend(active[t] * (1 - (weight[k] * spared[t])), pause, masked);
                return least + (p * (1 - least) * of);
            });
        return Synthesize(gain);
    }

    // The noise, and the depth of the gain in strong frames
    private (double[][] Noise, double Strong) Noise(double[][] power, double[] profile, bool verified)
    {
        int cells = (_count + 3) / 4;
        double[][] cell = new double[cells][];
        for (int c = 0; c < cells; c++)
        {
            double[] a = power[4 * c], b = (4 * c) + 2 < _count ? power[(4 * c) + 2] : a;
            cell[c] = [.. a.Zip(b, (x, y) => 0.5 * (x + y))];
        }

        // Samples 1024·(c-1) … of two frames half a frame apart: beyond the clip or silent ones say nothing
        bool[] sounds =
        [
            .. Enumerable
                .Range(0, cells)
                .Select(c => 1024 * (c - 1))
                .Select(at => at >= 0 && at + 1536 <= _length
                    && !_silence.Any(s => s.Start < at + 1536 && s.End > at)),
        ];
        double[] lift = Lift(cell, sounds, profile),
            raised = BelowVoice(cell, sounds, lift, profile);
        // Proven noise that rises by less than 1 dB holds still, from 2.5 dB on it moves
        double steady = verified
            ? 1 - Ramp(Enumerable.Range(0, cells).Where(c => sounds[c]).Average(c => 10 * Math.Log10(lift[c])), 1, 2.5)
            : 0;
        double level = profile[4..400].Sum();
        double[] active =
            [.. Enumerable.Range(0, cells).Where(c => sounds[c]).Select(c => cell[c][4..400].Sum() / level)];
        double snr = 10 * Math.Log10(active.Where(x => x > 4).DefaultIfEmpty(1).Average());
        double strong = 0.4 + (0.9 * Blend(steady, 0.3, 1) * (1 - Ramp(snr, 5, 20)));
        double[][] forward = Track(cell, sounds, lift, profile, steady, Enumerable.Range(0, cells)),
            backward = Track(cell, sounds, lift, profile, steady, Enumerable.Range(0, cells).Reverse());
        double[][] both = new double[cells][];
        for (int c = 0; c < cells; c++)
        {
            both[c] =
            [
                .. Enumerable
                    .Range(0, Bins)
                    .Select(k =>
                        lift[c]
                        * raised[k]
                        * Math.Max(Math.Sqrt(forward[c][k] * backward[c][k]), profile[k] * (verified ? 1 : 1e-3))),
            ];
        }

        return (Map((t, k) =>
        {
            double at = Math.Clamp((t - 1) / 4.0, 0, cells - 1);
            int below = (int)at, above = Math.Min(cells - 1, below + 1);
            return both[below][k] + ((at - below) * (both[above][k] - both[below][k]));
        }), strong);
    }

    // 0, 31 and 62 Hz, where cells that stand 6 dB out of the noise between 125 Hz and 12.5 kHz hold hardly more than
    // noise
    private static double[] BelowVoice(double[][] cell, bool[] sounds, double[] lift, double[] profile)
    {
        int[] active =
        [
            .. Enumerable
                .Range(0, cell.Length)
                .Where(c => sounds[c] && cell[c][4..400].Sum() > 4 * lift[c] * profile[4..400].Sum()),
        ];
        double Raise(int k)
        {
            double snr = active.Average(c => cell[c][k] / lift[c]) / profile[k] - 1;
            return Math.Pow(10, 1.2 * Ramp(-10 * Math.Log10(Math.Max(snr, 1e-3)), -8, 0));
        }

        return [.. Enumerable.Range(0, Bins).Select(k => k < 3 && active.Length >= 5 ? Raise(k) : 1)];
    }

    private static double[][] Track(
        double[][] cell,
        bool[] sounds,
        double[] lift,
        double[] profile,
        double steady,
        IEnumerable<int> order)
    {
        // Still noise is followed over 2 s up to 2.5 kHz, over 6 s from 4.5 kHz on
        double[] a =
        [
            .. Enumerable
                .Range(0, Bins)
                .Select(k =>
                    Math.Exp(-4 * HopSeconds / Blend(steady, 0.6, Blend(Ramp(k * 31.25, 2500, 4500), 2, 6)))),
        ];
        double ap = Math.Exp(-4 * HopSeconds / 0.152);
        double[][] track = new double[cell.Length][];
        double[] lambda = [.. profile], mean = [.. profile.Select(_ => 0.5)];
        foreach (int c in order)
        {
            for (int k = 0; sounds[c] && k < Bins; k++)
            {
                double x = cell[c][k] / lift[c],
                    p = 1 / (1 + (13 * Math.Exp(-12.0 / 13 * Math.Min(x / lambda[k], 100))));
                mean[k] = (ap * mean[k]) + ((1 - ap) * p);
                p = mean[k] > 0.99 ? Math.Min(p, 0.99) : p;
                lambda[k] = (a[k] * lambda[k]) + ((1 - a[k]) * (x + (p * (lambda[k] - x))));
            }

            track[c] = [.. lambda];
        }

        return track;
    }

    private static double[] Lift(double[][] cell, bool[] sounds, double[] profile)
    {
        static double Mel(double f) => Math.Log(1 + (f / 700));
        int high = 400;
        while (profile[high - 1] < 1e-6 * profile[4..400].Max())
        {
            high--;
        }

        int[] edges =
        [
            .. Enumerable
                .Range(0, 33)
                .Select(b =>
                    (int)Math.Round(700 * (Math.Exp(Mel(125) + ((Mel(high * 31.25) - Mel(125)) * b / 32)) - 1) / 31.25))
                .Distinct(),
        ];
        double[][] ratio =
        [
            .. cell.Select(c =>
                edges
                    .Zip(edges.Skip(1), (from, to) => Enumerable.Range(from, to - from).Average(k => c[k] / profile[k]))
                    .ToArray()),
        ];
        double[] reading = new double[cell.Length];
        for (int c = 0; c < cell.Length; c++)
        {
            double[] before = ratio[Math.Max(0, c - 1)], after = ratio[Math.Min(cell.Length - 1, c + 1)];
            double[] sorted = [.. ratio[c].Select((r, b) => (0.5 * r) + (0.25 * (before[b] + after[b]))).Order()];
            double at = 0.1 * (sorted.Length - 1);
            double q = sorted[(int)at] + ((at - (int)at) * (sorted[(int)at + 1] - sorted[(int)at]));
            reading[c] = 10 * Math.Log10(Math.Max(q / 0.765, 1e-3));
        }

        // As if silence were cut out; a reading that has silence beside it is none
        int[] kept =
        [
            .. Enumerable
                .Range(0, cell.Length)
                .Where(c => sounds[Math.Max(0, c - 1)] && sounds[c] && sounds[Math.Min(cell.Length - 1, c + 1)]),
        ];
        if (kept.Length == 0)
        {
            return [.. reading.Select(_ => 1.0)];
        }

        double[] Extreme(double[] v, Func<IEnumerable<double>, double> pick) =>
            [.. v.Select((_, i) => pick(v[Math.Max(0, i - 4)..Math.Min(v.Length, i + 5)]))];
        double[] opened =
        [
            .. Extreme(Extreme([.. kept.Select(c => reading[c])], Enumerable.Min), Enumerable.Max)
                .Select(d => Math.Clamp(d - 0.3, 0, 12)),
        ];
        double[] risen =
        [
            .. opened.Select((d, i) =>
                (0.5 * d) + (0.25 * (opened[Math.Max(0, i - 1)] + opened[Math.Min(opened.Length - 1, i + 1)]))),
        ];
        return
        [
            .. Enumerable
                .Range(0, cell.Length)
                .Select(c => Math.Pow(10, risen[Math.Max(0, Array.FindLastIndex(kept, k => k <= c))] / 10)),
        ];
    }

    private static double[][] Prior(double[][] gamma, IEnumerable<int> order)
    {
        double alpha = Math.Exp(-HopSeconds / 0.25);
        double[][] prior = new double[gamma.Length][];
        double[] previous = [.. Enumerable.Repeat(1.0, Bins)];
        foreach (int t in order)
        {
            prior[t] = new double[Bins];
            for (int k = 0; k < Bins; k++)
            {
                double xi = Math.Max(
                    (alpha * previous[k]) + ((1 - alpha) * Math.Max(gamma[t][k] - 1, 0)),
                    Math.Pow(10, -2.5));
                double gain = Math.Min(1, Lsa(xi, gamma[t][k]));
                previous[k] = gain * gain * gamma[t][k];
                prior[t][k] = xi;
            }
        }

        return prior;
    }

    private double[] Activity(
        double[][] sure,
        double[][] broad,
        double[] fricative,
        double[] voice,
        double[] profile)
    {
        int bandwidth = Bandwidth(profile);
        // Whole groups of eight bins, as near as possible to 100, 1000, 2500, 5000 and 9000 Hz
        int[] edges = [.. new[] { 3, 32, 80, 160, 288 }.Select(k => (k + 4) / 8 * 8)];
        double[] best = new double[_count];
        for (int r = 0; r < 4; r++)
        {
            if (edges[r + 1] > bandwidth + 20)
            {
                continue;
            }

            // Far from a voice only a fricative is evidence, close to one the mean of its whole region
            double Heard(int t)
            {
                double share = sure[t][edges[r]..edges[r + 1]].Average(),
                    whole = r < 2
                        ? 0
                        : 0.4 * Ramp(broad[t][edges[r]..edges[r + 1]].Average(), 1.1, 1.25);
                return voice[t] > 0.41 ? share * (r < 2 ? 0 : fricative[t])
                    : voice[t] > 0.21 ? share
                    : 1.4 * Math.Max(share, whole);
            }

            double[] share = [.. sure.Select((_, t) => Heard(t))];
            for (int t = 0; t < _count; t++)
            {
                best[t] = Math.Max(best[t], Triangle(share, t, 10));
            }
        }

        double[] held =
        [
            .. best.Select(
                (_, t) => Math.Clamp((best[Math.Max(0, t - 12)..Math.Min(_count, t + 13)].Max() - 0.2) / 0.2, 0, 1)),
        ];
        return [.. held.Select((_, t) => Triangle(held, t, 6))];
    }

    private static int Bandwidth(double[] profile)
    {
        int bandwidth = Bins;
        while (profile[bandwidth - 1] < 1e-6 * profile[4..].Max())
        {
            bandwidth--;
        }

        return bandwidth;
    }

    private static double Triangle(double[] v, int t, int half) =>
        Enumerable
            .Range(-half, (2 * half) + 1)
            .Where(j => t + j >= 0 && t + j < v.Length)
            .Sum(j => (half + 1 - Math.Abs(j)) * v[t + j]) / ((half + 1) * (half + 1));

    private double[][] Smooth(double[][] gamma, int time, int bins)
    {
        // Ends repeated: in time once per box, as two boxes make the triangle.
        double[][] Box(double[][] v) =>
            [
                .. v.Select(
                    (_, t) =>
                        Enumerable
                            .Range(0, Bins)
                            .Select(k =>
                                Enumerable
                                    .Range(-time / 2, time + 1)
                                    .Average(j => v[Math.Clamp(t + j, 0, _count - 1)][k]))
                            .ToArray()),
            ];
        double[][] once = Box(Box(gamma));
        return Map(
            (t, k) =>
                Enumerable
                    .Range(-bins, (2 * bins) + 1)
                    .Sum(j => (bins + 1 - Math.Abs(j)) * once[t][Math.Clamp(k + j, 0, Bins - 1)])
                / ((bins + 1) * (bins + 1)));
    }

    private double[] Synthesize(double[][] gain)
    {
        double[] sum = new double[_length], norm = new double[_length];
        for (int t = 0; t < _count; t++)
        {
            var x = new Complex[Frame];
            for (int k = 0; k < Bins; k++)
            {
                x[k] = _spectra[t][k] * gain[t][k];
                x[(Frame - k) % Frame] = Complex.Conjugate(x[k]);
            }

            Fourier.Inverse(x, FourierOptions.NoScaling);
            for (int n = 0; n < Frame; n++)
            {
                int at = (t * Hop) - Frame + n;
                if (at >= 0 && at < _length)
                {
                    sum[at] += x[n].Real / Frame * _window[n];
                    norm[at] += _window[n] * _window[n];
                }
            }
        }

        return [.. sum.Zip(norm, (s, w) => s / w)];
    }

    private static double Lsa(double xi, double gamma)
    {
        double w = xi / (1 + xi), v = w * gamma;
        return v < 1e-12 ? 1 : w * Math.Exp(0.5 * E1(v));
    }

    // Abramowitz and Stegun 5.1.11 and 5.1.22
    private static double E1(double x)
    {
        if (x > 1.5)
        {
            double tail = 0;
            for (int i = 60; i >= 1; i--)
            {
                tail = i / (1 + (i / (x + tail)));
            }

            return Math.Exp(-x) / (x + tail);
        }

        double sum = -0.57721566490153286 - Math.Log(x), term = 1;
        for (int i = 1; i < 40; i++)
        {
            term *= -x / i;
            sum -= term / i;
        }

        return sum;
    }

    private static double Ramp(double x, double from, double to) => Math.Clamp((x - from) / (to - from), 0, 1);

    private static double Blend(double weight, double a, double b) => a + (weight * (b - a));

    private double[][] Map(Func<int, int, double> cell) =>
        [.. Enumerable.Range(0, _count).Select(t => Enumerable.Range(0, Bins).Select(k => cell(t, k)).ToArray())];
}
