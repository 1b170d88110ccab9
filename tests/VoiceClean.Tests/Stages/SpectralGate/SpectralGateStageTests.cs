using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

public class SpectralGateStageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Strength_zero_leaves_every_bit()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 3, 10, seed: 1).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, 0);
        Assert.Equal(noisy, clip.Samples.ToArray());
    }

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

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.3)]
    public void It_agrees_with_a_slow_double_precision_implementation_below_minus_80_dB(double strength)
    {
        // 7 s are four blocks: truncated look-ahead, carried state, approximations and single precision are all in the
        // difference.
        float[] noisy = HarmonicSyllables.Noisy(32_000, 5.6, 8, seed: 3).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, strength);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        double mean = profile.Power.ToArray()[..513].Average(p => (double)p);
        double[] expected = new SlowGate(noisy).Process(
            [.. profile.Power.ToArray()[..513].Select(p => Math.Max(p, 1e-8 * mean))],
            profile.IsVerified,
            24 * strength);
        Assert.Equal(24 * strength, clip.Findings.Get<SpectralGateResult>().AttenuationDb, 6);
        double difference = 0, sum = 0;
        for (int n = 0; n < expected.Length; n++)
        {
            difference += Math.Pow(clip.Samples[n] - expected[n], 2);
            sum += expected[n] * expected[n];
        }

        Assert.True(10 * Math.Log10(difference / sum) < -80, $"{10 * Math.Log10(difference / sum):F1} dB");
    }

    [Fact]
    public void How_the_clip_falls_into_blocks_matters_less_than_minus_80_dB()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 8, 8, seed: 4).Mixture;
        using AudioClip clip = AudioClip.FromSamples("blocks.wav", 32_000, noisy);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        float[] whole = Run(clip, 8192);
        foreach (int frames in new[] { 32, 100, 256 })
        {
            float[] blocks = Run(clip, frames);
            double difference = whole.Zip(blocks, (a, b) => Math.Pow(a - b, 2)).Sum(),
                sum = whole.Sum(a => (double)a * a);
            Assert.True(
                difference < 1e-8 * sum,
                $"blocks of {frames} frames: {10 * Math.Log10(difference / sum):F1} dB");
        }
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(10f)]
    public void A_louder_or_quieter_clip_gives_the_same_result_louder_or_quieter(float gain)
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 3, 10, seed: 5).Mixture;
        using AudioClip a = Clean(noisy, 32_000, 0.6);
        using AudioClip b = Clean([.. noisy.Select(x => x * gain)], 32_000, 0.6);
        double difference = 0, sum = 0;
        for (int n = 0; n < noisy.Length; n++)
        {
            difference += Math.Pow(a.Samples[n] - (b.Samples[n] / gain), 2);
            sum += Math.Pow(a.Samples[n], 2);
        }

        Assert.True(difference < 1e-8 * sum, $"{10 * Math.Log10(difference / sum):F1} dB");
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

        Assert.InRange(20 * Math.Log10(kept / all), -14.5, -9);
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
            var voiced = new GateFrame(1, i / 10f, 0, 0);
            Assert.InRange(voiced.LowDepth, 0, last);
            Assert.True(voiced.HighDepth > voiced.LowDepth);
            Assert.True(new GateFrame(1, i / 10f, 0.5f, 0).HighDepth < voiced.HighDepth);
            Assert.Equal(0, new GateFrame(1, i / 10f, 1, 0).HighDepth);
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

    [Fact]
    public void A_clean_clip_passes_bit_for_bit()
    {
        float[] speech = HarmonicSyllables.Speech(32_000, 4, seed: 7);
        float[] noise = WhiteNoise.Gaussian(speech.Length, 70, 1e-5);
        float[] clean = [.. speech.Zip(noise, (s, n) => s + n)];
        using AudioClip clip = Clean(clean, 32_000, 1);
        Assert.Equal(clean, clip.Samples.ToArray());
    }

    [Theory]
    [InlineData(1.5, 15, 14.4)]
    [InlineData(4, 30, 10)]         // the target of 40 dB allows no more
    [InlineData(8, 30, 0)]
    [InlineData(8, 25, 0)]
    [InlineData(8, 23, 7.2)]        // half as much wider: from 6.5 to 9.5 dB
    [InlineData(8, 15, 14.4)]
    [InlineData(13, 15, 0)]
    public void Restless_noise_is_trusted_where_speech_stands_little_out_of_it(double scatter, double snr, double db)
    {
        NoiseProfile profile = Profile(scatter, named: false);
        var depth = GateDepth.Of(0.6, profile, snr);
        Assert.Equal(14.4, depth.AskedDb, 9);
        Assert.Equal(db, depth.Db, 9);
        Assert.Equal(db < 14.4, depth.Limit is not null);
    }

    [Fact]
    public void A_profile_that_the_user_names_is_used_however_restless()
    {
        Assert.Equal(14.4, GateDepth.Of(0.6, Profile(15, named: true), 20).Db, 9);
        Assert.Null(GateDepth.Of(0.6, Profile(15, named: true), 20).Limit);
        Assert.Equal(GateDepth.CleanAlready, GateDepth.Of(0.6, Profile(15, named: true), 39).Limit);
    }

    private static NoiseProfile Profile(double scatter, bool named)
    {
        var framing = new SpeechFraming(32_000);
        float[] power = new float[framing.Stride];
        Array.Fill(power, 1f);
        return new NoiseProfile(framing, new NoiseSpectrum(power, scatter), NoiseSource.Auto, null, true, false)
        {
            IsNamed = named,
        };
    }

    [Fact]
    public void A_profile_learnt_from_speech_makes_it_back_off()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 4, 25, seed: 8).Mixture;
        using AudioClip clip = AudioClip.FromSamples("wrong.wav", 32_000, noisy);
        var wrong = new EstimateNoiseOptions
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.FromSeconds(0.75),
            RangeEnd = TimeSpan.FromSeconds(0.95),
        };
        new EstimateNoiseStage(wrong).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = 1 }).Process(clip, Token);
        Assert.True(clip.Findings.Get<SpectralGateResult>().Share < 1);
        Assert.Contains(clip.Warnings, w => w.Code == WarningCodes.BackedOff);
        Assert.True(SiSdr(clip.Samples, noisy) > 8, $"{SiSdr(clip.Samples, noisy):F1} dB left of the input");
    }

    [Fact]
    public void A_clip_too_short_for_a_profile_is_denoised_mildly()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 0.5, 10, seed: 9, lead: 0.3).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, 1);
        Assert.True(clip.Findings.Get<NoiseProfile>().IsScarce);
        Assert.InRange(clip.Findings.Get<SpectralGateResult>().AttenuationDb, 0, 10);
    }

    [Fact]
    public void Silence_and_the_shortest_clips_stay_what_they_are()
    {
        foreach (int length in new[] { 1, 7, 500, 1023, 40_000 })
        {
            using AudioClip clip = Clean(new float[length], 32_000, 1);
            Assert.All(clip.Samples.ToArray(), x => Assert.Equal(0, x));
        }

        foreach (int length in new[] { 1, 2, 300, 1500, 20_000, 60_000 })
        {
            float[] noise = WhiteNoise.Gaussian(length, length, 0.1);
            using AudioClip clip = Clean(noise, 32_000, 1);
            Assert.All(clip.Samples.ToArray(), x => Assert.True(float.IsFinite(x) && Math.Abs(x) < 1));
        }
    }

    [Fact]
    public void Two_runs_give_the_same_bits()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 3, 5, seed: 10).Mixture;
        using AudioClip a = Clean(noisy, 32_000, 0.6), b = Clean(noisy, 32_000, 0.6);
        Assert.Equal(a.Samples.ToArray(), b.Samples.ToArray());
    }

    [Fact]
    public void Without_a_profile_nothing_happens()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 2, 5, seed: 11).Mixture;
        using AudioClip clip = AudioClip.FromSamples("off.wav", 32_000, noisy);
        new EstimateNoiseStage(new EstimateNoiseOptions { Source = NoiseSource.Off }).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions()).Process(clip, Token);
        Assert.Equal(noisy, clip.Samples.ToArray());
    }

    internal static AudioClip Clean(ReadOnlySpan<float> samples, int rate, double strength)
    {
        AudioClip clip = AudioClip.FromSamples("test.wav", rate, samples);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = strength }).Process(clip, Token);
        return clip;
    }

    // 34 s in stretches of 8 s: the seams lie in speech as well as in pauses.
    [Fact]
    public void Stretches_gated_apart_join_without_a_seam_and_with_the_same_bits_for_any_number_of_threads()
    {
        (float[] samples, _) = HarmonicSyllables.Noisy(32_000, 34, 15, seed: 31);
        using AudioClip clip = AudioClip.FromSamples("long.wav", 32_000, samples);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        float[] whole = Gate(1 << 20, 1), parts = Gate(4 * GateRun.DefaultBlockFrames, 1);
        Assert.Equal(parts, Gate(4 * GateRun.DefaultBlockFrames, 3));
        double error = 0, energy = 0;
        for (int n = 0; n < whole.Length; n++)
        {
            error += Math.Pow(parts[n] - whole[n], 2);
            energy += Math.Pow(whole[n], 2);
        }

        Assert.InRange(10 * Math.Log10((error / energy) + 1e-20), double.NegativeInfinity, -100);

        float[] Gate(int segmentFrames, int threads)
        {
            var framing = new SpeechFraming(32_000);
            var segments = new GateSegments(framing, clip.Samples.Length, segmentFrames);
            using var track = new NoiseTrack(
                framing,
                clip.Findings.Get<NoiseProfile>(),
                clip.Samples,
                DigitalSilence.Of(clip),
                segments.StartCells(),
                threads,
                Token);
            float[] output = new float[clip.Samples.Length];
            segments.Process(track, 14.4, clip.Samples, output, threads, Token);
            Assert.InRange(segments.SpeechShare, 0.3, 1);
            return output;
        }
    }

    private static float[] Run(AudioClip clip, int blockFrames)
    {
        var framing = new SpeechFraming(clip.SampleRate);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        using var noise = new NoiseTrack(framing, profile, clip.Samples, DigitalSilence.Of(clip), [0], 1, Token);
        float[] output = new float[clip.Samples.Length];
        using var run = new GateRun(framing, noise, output.Length, 14.4, blockFrames: blockFrames);
        run.Process(clip.Samples, output, Token);
        return output;
    }

    private static double SiSdr(ReadOnlySpan<float> y, ReadOnlySpan<float> s)
    {
        double ys = 0, ss = 0, error = 0;
        for (int n = 0; n < s.Length; n++)
        {
            ys += (double)y[n] * s[n];
            ss += (double)s[n] * s[n];
        }

        double scale = ys / ss;
        for (int n = 0; n < s.Length; n++)
        {
            error += Math.Pow(y[n] - (scale * s[n]), 2);
        }

        return 10 * Math.Log10(scale * scale * ss / error);
    }
}
