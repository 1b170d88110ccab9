using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Testing.Signals;

/// <summary>
/// A long recording put together from words or from real clips, at 32 kHz, of which it is known where speech begins and
/// ends.
/// </summary>
/// <param name="Samples">[sample]</param>
/// <param name="Words">Stretches of speech, ascending: words, or within real clips what stands out by level.</param>
public sealed record Talk(float[] Samples, IReadOnlyList<SampleRange> Words)
{
    private const double Masked = 10;

    /// <summary>[Hz]</summary>
    public const int SampleRate = SyntheticSpeech.SampleRate;

    /// <summary>Speech in all [sample].</summary>
    public long SpeechLength => Words.Sum(w => (long)w.Length);

    /// <summary>Synthetic words in sentences.</summary>
    /// <param name="seconds">Length aimed at.</param>
    /// <param name="levelDb">RMS of the vowels [dBFS].</param>
    /// <param name="noiseDb">RMS of the background [dBFS].</param>
    /// <param name="hasPauses">Pauses of 0.3 to 2.5 s behind every sentence; else words follow each other with at most
    /// 40 ms between them.</param>
    /// <param name="seed">Of everything.</param>
    public static Talk Synthetic(double seconds, double levelDb, double noiseDb, bool hasPauses, int seed = 1)
    {
        var random = new Random(seed);
        var builder = new Builder(noiseDb - Masked);
        float gain = (float)Decibels.ToAmplitude(levelDb + 20);
        string[] words = [.. SyntheticSpeech.Words.Where(w => hasPauses || !w.Contains(' ', StringComparison.Ordinal))];
        builder.Silence(0.8);
        for (int word = 0; builder.Seconds < seconds; word++)
        {
            float[] said = SyntheticSpeech.Say(words[random.Next(words.Length)], random.Next());
            builder.Say(said, gain);
            bool endsSentence = random.Next(7) == 0;
            builder.Silence(
                !hasPauses ? 0.04 * random.NextDouble()
                : endsSentence ? 0.3 + (2.2 * random.NextDouble() * random.NextDouble())
                : 0.03 + (0.15 * random.NextDouble()));
        }

        builder.Silence(0.5);
        return builder.Build(noiseDb, seed);
    }

    /// <summary>Real clips, one after the other, at one level.</summary>
    public static Talk Real(
        IReadOnlyList<float[]> clips,
        double seconds,
        double levelDb,
        double noiseDb,
        bool hasPauses,
        int seed = 1)
    {
        var random = new Random(seed);
        var builder = new Builder(noiseDb - Masked);
        builder.Silence(0.8);
        while (builder.Seconds < seconds)
        {
            float[] clip = clips[random.Next(clips.Count)];
            List<SampleRange> speech = LoudParts(clip, 40);
            double power =
                speech.Sum(r => SampleStatistics.SumOfSquares(clip.AsSpan(r.Start, r.Length)))
                / speech.Sum(r => r.Length);
            builder.Say(
                clip.AsSpan(speech[0].Start, speech[^1].End - speech[0].Start),
                (float)(Decibels.ToAmplitude(levelDb) / Math.Sqrt(power)),
                40);
            builder.Silence(hasPauses ? 0.3 + (1.7 * random.NextDouble()) : 0.03);
        }

        builder.Silence(0.5);
        return builder.Build(noiseDb, seed);
    }

    /// <summary>
    /// Stretches whose 20 ms frames lie within so many decibels of the loudest one and 6 dB above the quietest ones, at
    /// least at a level; gaps of up to 60 ms belong to them.
    /// </summary>
    public static List<SampleRange> LoudParts(
        ReadOnlySpan<float> samples,
        double rangeDb,
        double leastDb = double.NegativeInfinity)
    {
        const int Frame = SampleRate / 50;
        var parts = new List<SampleRange>();
        double[] powers = new double[samples.Length / Frame];
        // Without rumble below and hiss above the band of speech: a truck in a pause is no word.
        float[] hops = new float[SpeechBand.CountHops(samples.Length, SampleRate)];
        SpeechBand.Measure(samples, SampleRate, hops, new ushort[hops.Length]);
        for (int k = 0; k < powers.Length; k++)
        {
            powers[k] = hops.AsSpan(4 * k, 4).ToArray().Average();
        }

        // Not what is the clip's own background, which is in no clip of this kind far below its voice.
        double floor = powers.Order().ElementAt(powers.Length / 50) * Decibels.ToPower(6);
        double least = Math.Max(
            powers.Max() * Decibels.ToPower(-rangeDb),
            Math.Min(floor, powers.Max() * Decibels.ToPower(-30)));
        least = Math.Max(least, Decibels.ToPower(leastDb));
        for (int k = 0; k < powers.Length; k++)
        {
            if (powers[k] >= least)
            {
                var part = new SampleRange(k * Frame, (k + 1) * Frame);
                if (parts.Count > 0 && part.Start - parts[^1].End <= 3 * Frame)
                {
                    parts[^1] = new SampleRange(parts[^1].Start, part.End);
                }
                else
                {
                    parts.Add(part);
                }
            }
        }

        return parts;
    }

    // What lies so far below the noise nobody hears: breaths, for the most part.
    private sealed class Builder(double leastDb)
    {
        private readonly List<float> _samples = [];
        private readonly List<SampleRange> _words = [];

        public double Seconds => (double)_samples.Count / SampleRate;

        public void Silence(double seconds) => _samples.AddRange(new float[(int)(seconds * SampleRate)]);

        public void Say(ReadOnlySpan<float> said, float gain, double rangeDb = 55)
        {
            foreach (SampleRange part in LoudParts(said, rangeDb, leastDb - Decibels.FromAmplitude(gain)))
            {
                _words.Add(new SampleRange(_samples.Count + part.Start, _samples.Count + part.End));
            }

            foreach (float x in said)
            {
                _samples.Add(gain * x);
            }
        }

        public Talk Build(double noiseDb, int seed)
        {
            float[] samples = [.. _samples];
            SyntheticSpeech.AddNoise(samples, noiseDb, seed + 1000, isPink: true);
            return new Talk(samples, _words);
        }
    }
}
