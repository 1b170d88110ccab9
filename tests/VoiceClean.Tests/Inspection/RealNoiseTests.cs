using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

/// <summary>Real speech in real noise: what is hopeless and what is not.</summary>
public class RealNoiseTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    [Fact]
    public void Noise_alone_is_refused() =>
        Assert.All(
            EvaluationClips.LoadNoise(),
            n => Assert.Equal((n.Name, Verdict.Hopeless), (n.Name, Judged(n.Samples).Verdict)));

    // Strokes of a keyboard are short: between them most of the speech stands clear however loud they are.
    [Theory]
    [InlineData(-15, true)]
    [InlineData(-10, true)]
    [InlineData(5, false)]
    [InlineData(10, false)]
    public void Drowned_speech_is_refused_and_none_from_5_dB_on(int snrDb, bool isHopeless)
    {
        IReadOnlyList<float[]> clips = EvaluationClips.LoadClean();
        (string Name, float[] Samples)[] noises =
            [.. EvaluationClips.LoadNoise().Where(n => !n.Name.StartsWith("key", StringComparison.Ordinal))];
        for (int c = 0; c < clips.Count; c++)
        {
            (string name, float[] noise) = noises[c % noises.Length];
            float[] mixed = Mixed(clips[c].AsSpan(0, Math.Min(clips[c].Length, 5 * Rate)), noise, snrDb, 0.7);
            Assert.Equal((c, name, isHopeless), (c, name, Judged(mixed).Verdict == Verdict.Hopeless));
        }
    }

    // Wind and engines hold so few frequencies that they correlate as a voice does; keys ring for a moment.
    [Fact]
    public void Wind_engines_and_ringing_keys_are_no_voice_and_hide_none_at_5_dB()
    {
        IReadOnlyList<float[]> clips = EvaluationClips.LoadClean();
        (string Name, float[] Samples)[] noises =
            [.. EvaluationClips.LoadMoreNoise("desert_wind", "bus_ride", "boat_sailboat", "keys6")];
        Assert.Equal(4, noises.Length);
        foreach ((string name, float[] noise) in noises)
        {
            Assert.Equal((name, Verdict.Hopeless), (name, Judged(noise.AsSpan(0, 12 * Rate)).Verdict));
            for (int c = 0; c < clips.Count; c += 3)
            {
                ReadOnlySpan<float> speech = clips[c].AsSpan(0, Math.Min(clips[c].Length, 5 * Rate));
                Assert.Equal((c, name, false), (c, name, IsHopeless(Mixed(speech, noise, 5, 0.7))));
                if (!name.StartsWith("key", StringComparison.Ordinal))
                {
                    Assert.Equal((c, name, true), (c, name, IsHopeless(Mixed(speech, noise, -12, 0.7))));
                }
            }
        }

        static bool IsHopeless(float[] samples) => Judged(samples).Verdict == Verdict.Hopeless;
    }

    // Steeper than any of the recorded ones: -9 dB an octave, swelling within a second.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gusts_made_from_noise_are_no_voice_and_hide_none_at_5_dB(int seed)
    {
        float[] gusts = Gusts(seed);
        Assert.Equal(Verdict.Hopeless, Judged(gusts).Verdict);
        foreach (float[] clip in EvaluationClips.LoadClean())
        {
            ReadOnlySpan<float> speech = clip.AsSpan(0, Math.Min(clip.Length, 5 * Rate));
            Assert.NotEqual(Verdict.Hopeless, Judged(Mixed(speech, gusts, 5, 0.7)).Verdict);
        }
    }

    private static float[] Gusts(int seed)
    {
        float[] noise = WhiteNoise.Gaussian(8 * Rate, seed, 0.1),
            swell = WhiteNoise.Gaussian(8 * Rate, seed + 100, 1);
        double once = 0, twice = 0, slow = 0, slower = 0, lowest = 2 * Math.PI * 20 / Rate, rate = 2 * Math.PI / Rate;
        for (int i = 0; i < noise.Length; i++)
        {
            once += lowest * (noise[i] - once);
            // half of the second integration: -3 dB an octave more
            twice += 2 * Math.PI * 300 / Rate * (once - twice);
            slow += rate * (swell[i] - slow);
            slower += rate * (slow - slower);
            noise[i] = (float)(((0.5 * once) + twice) * Decibels.ToAmplitude(2000 * slower));
        }

        float most = noise.Max(Math.Abs);
        return [.. noise.Select(v => 0.4f * v / most)];
    }

    // What a preparer of data sets cuts out has no pauses that a voice could stand out of; an editor may put digital
    // silence around it.
    [Theory]
    [InlineData(0.6, 0, 0.05)]
    [InlineData(0.6, 0.3, 0.05)]
    [InlineData(1, 0, 0.03)]
    [InlineData(2, 0, 0)]
    [InlineData(2, 0.3, 0)]
    public void Clips_that_are_cut_tightly_from_speech_are_not_refused(
        double seconds,
        double silence,
        double mostRefused)
    {
        int length = (int)(seconds * Rate), count = 0, refused = 0;
        foreach (float[] clip in EvaluationClips.LoadClean())
        {
            double active = ActiveLevelDb(clip);
            for (int at = 0; at + length <= clip.Length; at += Rate / 4)
            {
                if (IsFilled(clip.AsSpan(at, length), active))
                {
                    count++;
                    Assessment judged = Judged(Padded(clip.AsSpan(at, length), silence));
                    refused += judged.Verdict == Verdict.Hopeless ? 1 : 0;
                }
            }
        }

        Assert.True(count > 20, $"{count}");
        Assert.True(refused <= mostRefused * count, $"{refused} of {count}");
    }

    // But for keys that ring. Wind correlates best at the shortest lag, which is no pitch.
    [Theory]
    [InlineData(0.6, 0)]
    [InlineData(0.6, 0.3)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 0.3)]
    public void Short_pieces_of_noise_stay_refused(double seconds, double silence)
    {
        int length = (int)(seconds * Rate);
        Assert.All(
            EvaluationClips.LoadNoise()
                .Where(n => !n.Name.StartsWith("key", StringComparison.Ordinal))
                .Concat(EvaluationClips.LoadMoreNoise(
                    "desert_wind", "bus_ride", "ac_room", "jet_airliner", "cafe_murmur")),
            n =>
            {
                for (int at = 0; at + length <= n.Samples.Length; at += 3 * Rate)
                {
                    Assessment judged = Judged(Padded(n.Samples.AsSpan(at, length), silence));
                    Assert.Equal((n.Name, at, Verdict.Hopeless), (n.Name, at, judged.Verdict));
                }
            });
    }

    // With digital silence before and behind it [s].
    private static float[] Padded(ReadOnlySpan<float> samples, double silence)
    {
        int around = (int)(silence * Rate);
        float[] padded = new float[samples.Length + (2 * around)];
        samples.CopyTo(padded.AsSpan(around));
        return padded;
    }

    // Nine frames of ten within 20 dB of the level, and those at both ends.
    internal static bool IsFilled(ReadOnlySpan<float> samples, double activeDb)
    {
        bool[] isLoud =
        [
            .. samples.ToArray().Chunk(Rate / 50)
                .Select(f => Decibels.FromPower(f.Sum(x => (double)x * x) / f.Length) > activeDb - 20),
        ];
        return isLoud.Count(l => l) > 0.92 * isLoud.Length
            && !isLoud.AsSpan(0, 3).Contains(false)
            && !isLoud.AsSpan(isLoud.Length - 3).Contains(false);
    }

    [Fact]
    public void Speech_that_fills_its_recording_is_not_refused_at_5_dB()
    {
        IReadOnlyList<float[]> clips = EvaluationClips.LoadClean();
        foreach ((string name, float[] noise) in EvaluationClips.LoadNoise())
        {
            for (int c = 0; c < clips.Count; c++)
            {
                Assessment judged = Judged(Mixed(clips[c].AsSpan(0, Math.Min(clips[c].Length, 8 * Rate)), noise, 5, 0));
                Assert.True(judged.Verdict != Verdict.Hopeless, $"{c} in {name}: {string.Join(' ', judged.Findings)}");
            }
        }
    }

    [Fact]
    public void A_sentence_in_a_long_stretch_of_noise_is_judged_where_it_is()
    {
        IReadOnlyList<float[]> clips = EvaluationClips.LoadClean();
        (string Name, float[] Samples)[] noises =
            [.. EvaluationClips.LoadNoise().Where(n => n.Name is "white" or "rain" or "dryer" or "train")];
        for (int c = 0; c < clips.Count; c += 3)
        {
            (string name, float[] noise) = noises[c / 3 % noises.Length];
            Assessment judged = Judged(Mixed(clips[c].AsSpan(0, Math.Min(clips[c].Length, 5 * Rate)), noise, 5, 12));
            Assert.True(judged.Verdict != Verdict.Hopeless, $"{c} in {name}: {judged.Findings[0].Message}");
        }
    }

    // With so much noise before and behind it [s].
    internal static float[] Mixed(ReadOnlySpan<float> speech, float[] noise, double snrDb, double around)
    {
        int lead = (int)(around * Rate);
        float[] mixed = new float[speech.Length + (2 * lead)];
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] = noise[i % noise.Length];
        }

        double power = mixed.Sum(v => (double)v * v) / mixed.Length;
        float gain = (float)Decibels.ToAmplitude(ActiveLevelDb(speech) - snrDb - Decibels.FromPower(power));
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] = (gain * mixed[i]) + (i >= lead && i - lead < speech.Length ? speech[i - lead] : 0);
        }

        float most = Math.Max(1, mixed.Max(Math.Abs) / 0.9f);
        return [.. mixed.Select(v => v / most)];
    }

    // Mean power of the frames of 20 ms within 30 dB of the loudest [dBFS].
    internal static double ActiveLevelDb(ReadOnlySpan<float> samples)
    {
        double[] powers =
            [.. samples.ToArray().Chunk(Rate / 50).Select(f => f.Sum(x => (double)x * x) / f.Length)];
        double least = powers.Max() / 1000;
        return Decibels.FromPower(powers.Where(p => p > least).Average());
    }

    internal static Assessment Judged(ReadOnlySpan<float> samples)
    {
        using var clip = AudioClip.FromSamples("x", Rate, samples);
        return Judge.Assess(
            Inspector.MeasureSpeech(clip, new RemovableNoise(), TestContext.Current.CancellationToken),
            new QualityGateOptions());
    }
}
