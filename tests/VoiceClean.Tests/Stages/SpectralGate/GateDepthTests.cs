using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Stages.SpectralGate.Gated;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>How far noise falls, and what of a voice stays beside it.</summary>
public class GateDepthTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Noise_in_pauses_falls_by_24_dB_times_strength(int rate)
    {
        (float[] mixture, SampleRange pause) = HarmonicSyllables.Noisy(rate, 3, 10, seed: 2);
        double before = HarmonicSyllables.PowerDb(mixture, pause), last = before;
        foreach (double strength in new[] { 0.1, 0.3, 0.6, 1 })
        {
            using AudioClip clip = Clean(mixture, rate, strength);
            double level = HarmonicSyllables.PowerDb(clip.Samples, pause);
            Assert.True(level < last - 1, $"strength {strength}: {level:F2} dB after {last:F2} dB");
            Assert.InRange(before - level, (24 * strength) - 1.5, (24 * strength) + 0.1);
            last = level;
        }
    }

    [Fact]
    public void What_was_seen_to_fall_less_is_one_figure_and_none_is_told_of_rumble()
    {
        var meant = new GateDepth(14.4, 14.4, 14.4, null);
        GateDepth seen = meant.Seen(new PauseFall(6.5, 3.5, 6.5, -20, 2), isNamed: true);
        Assert.Equal(new GateDepth(14.4, 3.5, 3.5, GateDepth.UnlikeNamed), seen);
        Assert.False(seen.IsDeeperBelow);
        Assert.Equal(meant, meant.Seen(new PauseFall(14.0, 13.5, 14.0, -20, 2), isNamed: true));
    }

    [Fact]
    public void Noise_falls_and_speech_stays()
    {
        float[] speech = HarmonicSyllables.Speech(32_000, 4, seed: 6);
        float[] noisy = HarmonicSyllables.Noisy(32_000, 4, 10, seed: 6).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, 0.6);
        double before = SiSdr(noisy, speech), after = SiSdr(clip.Samples, speech);
        Assert.True(after > before + 6, $"SI-SDR {before:F1} dB became {after:F1} dB");
        SpectralGateResult result = clip.Findings.Get<SpectralGateResult>();
        Assert.InRange(result.LevelChangeDb, -0.5, 0);
        Assert.Equal(1, result.Share);
    }

    [Fact]
    public void A_fricative_no_louder_than_white_noise_falls_far_less_than_the_noise()
    {
        // After each syllable 90 ms of noise above 4.5 kHz, as loud there as the white noise.
        float[] speech = HarmonicSyllables.Speech(32_000, 6, seed: 12), fricatives = new float[speech.Length];
        float[] white = WhiteNoise.Gaussian(speech.Length, 120, 0.03),
            hiss = WhiteNoise.Gaussian(speech.Length, 121, 0.03);
        new Biquad(BiquadCoefficients.HighPass(4500, 0.7, 32_000)).Process(hiss, hiss);
        for (int start = (int)(1.02 * 32_000); start + 2880 < speech.Length - 22_400; start += 16_000)
        {
            hiss.AsSpan(start, 2880).CopyTo(fricatives.AsSpan(start));
        }

        float[] noisy = [.. speech.Select((x, n) => x + white[n] + fricatives[n])];
        using AudioClip clip = Clean(noisy, 32_000, 0.6);
        double kept = 0, all = 0;
        for (int n = 0; n < noisy.Length; n++)
        {
            kept += (double)clip.Samples[n] * fricatives[n];
            all += (double)fricatives[n] * fricatives[n];
        }

        Assert.InRange(20 * Math.Log10(kept / all), -6.5, 0);      // -14.4 is what the noise falls by
    }

    [Theory]
    [InlineData(0, 0.9, false)]
    [InlineData(0, 14.4, true)]
    [InlineData(13.4, 14.4, true)]
    [InlineData(14.4, 14.4, false)]
    public void Rumble_counts_as_turned_down_further_from_a_decibel_on(double rest, double rumble, bool isDeeper) =>
        Assert.Equal(isDeeper, new GateDepth(14.4, rest, rumble, GateDepth.UnlikeNoise).IsDeeperBelow);

    [Fact]
    public void Rumble_below_the_voice_goes_while_somebody_speaks_and_the_voice_stays()
    {
        float[] speech = HarmonicSyllables.Speech(32_000, 6, seed: 14),
            rumble = WhiteNoise.Gaussian(speech.Length, 140, 2);
        for (int pass = 0; pass < 3; pass++)
        {
            double state = 0;           // RC low-pass at 30 Hz
            for (int n = 0; n < rumble.Length; n++)
            {
                rumble[n] = (float)(state += (rumble[n] - state) * 0.0059);
            }
        }

        float[] hiss = WhiteNoise.Gaussian(speech.Length, 141, 0.003);
        using AudioClip clip = Clean([.. speech.Select((x, n) => x + rumble[n] + hiss[n])], 32_000, 0.6);
        double kept = 0, all = 0, voice = 0, voiceAll = 0;
        for (int n = 0; n < speech.Length; n++)
        {
            if (speech[n] != 0)
            {
                kept += clip.Samples[n] * (double)rumble[n];
                all += rumble[n] * (double)rumble[n];
                voice += clip.Samples[n] * (double)speech[n];
                voiceAll += speech[n] * (double)speech[n];
            }
        }

        Assert.InRange(20 * Math.Log10(kept / all), -18.5, -13);      // 4 dB more than in pauses
        Assert.InRange(20 * Math.Log10(voice / voiceAll), -0.3, 0.3);
    }

    [Theory]
    [InlineData(0.1, 2.4, 2.6)]
    [InlineData(0.6, 17, 18.5)]
    [InlineData(1, 26, 28.2)]
    public void Noise_beside_a_voice_falls_by_up_to_4_dB_more_than_in_pauses(double strength, double from, double to)
    {
        // The voice has nothing above 5 kHz; what is there in the middle of its syllables is noise.
        float[] noisy = HarmonicSyllables.Noisy(32_000, 4, 10, seed: 15).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, strength);
        float[] before = High(noisy), after = High(clip.Samples.ToArray());
        double sumBefore = 0, sumAfter = 0;
        for (int start = (int)(0.8 * 32_000); start < 4.5 * 32_000; start += 16_000)
        {
            sumBefore += before.AsSpan(start, 3200).ToArray().Sum(x => (double)x * x);
            sumAfter += after.AsSpan(start, 3200).ToArray().Sum(x => (double)x * x);
        }

        Assert.InRange(10 * Math.Log10(sumBefore / sumAfter), from, to);

        static float[] High(float[] samples)
        {
            float[] high = (float[])samples.Clone();
            for (int pass = 0; pass < 4; pass++)
            {
                new Biquad(BiquadCoefficients.HighPass(6500, 0.7, 32_000)).Process(high, high);
            }

            return high;
        }
    }

    [Fact]
    public void The_stronger_a_frame_and_the_more_fricative_the_shallower_its_gain()
    {
        double last = double.PositiveInfinity;
        for (int i = 0; i <= 10; i++)
        {
            var voiced = new GateFrame(1, i / 10f, 0, 0, 0.4f);
            Assert.InRange(voiced.LowDepth, 0, last);
            Assert.True(voiced.HighDepth > voiced.LowDepth);
            Assert.True(new GateFrame(1, i / 10f, 0.5f, 0, 0.4f).HighDepth < voiced.HighDepth);
            Assert.Equal(0, new GateFrame(1, i / 10f, 1, 0, 0.4f).HighDepth);
            last = voiced.LowDepth;
        }
    }

    [Fact]
    public void A_frame_is_told_weak_or_strong_voiced_or_fricative_from_its_bands()
    {
        var framing = new SpeechFraming(32_000);
        var bands = new FrameBands(framing);
        float[] flat = new float[framing.Stride];
        Array.Fill(flat, 1f);
        Assert.Equal(0.6f, Measure(3, 3).Prominence, 1e-5f);    // from 0 to 5 dB
        Assert.Equal(0f, Measure(0, 0).Prominence);
        Assert.Equal(1f, Measure(10, 0).Prominence);
        Assert.Equal(0f, Measure(10, 0).Fricative);
        Assert.Equal(1f, Measure(0, 10).Fricative);

        FrameLevel Measure(double voiceDb, double fricativeDb)
        {
            // 0, 31 and 62 Hz never count, however loud
            float[] power =
            [
                .. Enumerable
                    .Range(0, framing.Stride)
                    .Select(k =>
                        k < 3
                            ? 1e6f
                            : (float)
                                Decibels.ToPower(
                                    k < 96 ? voiceDb
                                    : k < 128 ? Math.Min(voiceDb, fricativeDb)
                                    : fricativeDb)),
            ];
            unsafe
            {
                fixed (float* x = power, n = flat)
                {
                    return bands.Scale(x, n, n, 0.5f);
                }
            }
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void At_little_strength_the_gain_of_speech_is_that_of_speech_and_softened_noise_together(double strength)
    {
        // The wanted output is speech + G_min · noise, and the result must come nearer to it than the input does.
        float[] speech = HarmonicSyllables.Speech(32_000, 4, seed: 13),
            noisy = HarmonicSyllables.Noisy(32_000, 4, 5, seed: 13).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, strength);
        double least = Math.Pow(10, -24 * strength / 20), before = 0, after = 0;
        for (int n = 0; n < noisy.Length; n++)
        {
            double wanted = speech[n] + (least * (noisy[n] - speech[n]));
            before += Math.Pow(noisy[n] - wanted, 2);
            after += Math.Pow(clip.Samples[n] - wanted, 2);
        }

        Assert.True(10 * Math.Log10(before / after) > 13.8, $"{10 * Math.Log10(before / after):F1} dB");
    }
}
