using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Dsp.Tests.Loudness;
using VoiceClean.Errors;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Stages.NormalizeLoudness;

/// <summary>Target, ceiling and reduction on voices made from nothing, measured on the 16-bit file.</summary>
public class NormalizeLoudnessStageTests
{
    private const int Rate = 32_000;

    [Theory]
    [InlineData(-50, 10, 32_000, 1)]
    [InlineData(-23, 10, 32_000, 1)]
    [InlineData(-23, 10, 44_100, 2)]
    [InlineData(-16, 10, 48_000, 3)]
    [InlineData(-3, 10, 32_000, 4)]
    [InlineData(-20, 60, 32_000, 5)]
    [InlineData(-23, 3, 16_000, 6)]
    [InlineData(-30, 0.8, 32_000, 7)]
    [InlineData(-23, 0.45, 32_000, 8)]
    [InlineData(-23, 3, 192_000, 10)]
    [InlineData(-23, 3, 8_000, 11)]
    public void The_file_has_the_target_loudness_and_stays_under_the_ceiling(
        double input,
        double seconds,
        int rate,
        int seed) =>
        Normalized
            .Run(PulseVoice.Make(seconds, input, rate, seed), rate)
            .AssertBars(FormattableString.Invariant($"voice {input} LUFS {seconds} s seed {seed}"), rate);

    [Fact]
    public void A_clipped_recording_is_normalised_like_any_other()
    {
        float[] clipped = [.. PulseVoice.Make(8, -10, Rate, 2).Select(v => Math.Clamp(v * 2, -1, 1))];
        Normalized.Run(clipped, Rate).AssertBars("clipped", Rate);
    }

    [Fact]
    public void White_noise_and_a_square_wave_stay_under_the_ceiling()
    {
        var random = new Random(1);

        // Limiting noise harder gains nothing any more, so this one stops short of the permitted reduction.
        Normalized noise = Normalized.Run(
            [.. Enumerable.Range(0, 96_000).Select(_ => 0.9f * (float)(2 * random.NextDouble() - 1))],
            Rate,
            new NormalizeLoudnessOptions { TargetLufs = -6 });
        Assert.True(noise.Result.TruePeakDb <= -1);
        Assert.Equal([WarningCodes.LoudnessNotReached], noise.Warnings);
        Assert.Equal(-6 - noise.Applied.ShortfallLu, noise.Result.IntegratedLufs, 0.02);
        Normalized
            .Run(
                [.. Enumerable.Range(0, 96_000).Select(i => i / 40 % 2 == 0 ? 0.2f : -0.2f)],
                Rate,
                new NormalizeLoudnessOptions { TargetLufs = -5 })
            .AssertBars("square wave to -5", Rate, -5);
    }

    [Fact]
    public void A_few_moments_far_louder_than_the_voice_may_be_limited_more()
    {
        float[] x = PulseVoice.Make(6, -30, Rate, 3);
        x[50_000] = 0.9f;
        Normalized n = Normalized.Run(x, Rate);
        Assert.InRange(n.Result.IntegratedLufs, -16.02, -15.98);
        Assert.True(n.Result.TruePeakDb <= -1);
        Assert.Equal(0, n.Applied.ShortfallLu);
        Assert.InRange(n.Applied.MaxReductionDb, 10, 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_voice_with_many_hard_clicks_falls_short_and_says_by_how_much(double mostReduction)
    {
        float[] x = PulseVoice.Make(6, -30, Rate, 3);
        for (int at = 5_000; at < x.Length; at += 16_000)
        {
            x[at] = 0.9f;
        }

        Normalized n = Normalized.Run(x, Rate, new NormalizeLoudnessOptions { MaxReductionDb = mostReduction });
        Assert.InRange(n.Applied.MaxReductionDb, 0, mostReduction + 0.0001);
        Assert.True(n.Result.TruePeakDb <= -1);
        Assert.InRange(n.Applied.ShortfallLu, 1, 15);
        Assert.Equal([WarningCodes.LoudnessNotReached], n.Warnings);
    }

    [Fact]
    public void A_clip_below_400_ms_is_normalised_by_its_plain_mean()
    {
        float[] voice = PulseVoice.Make(3, -23, Rate, 9);
        int loudest = Math.Clamp(Array.IndexOf(voice, voice.Max()), 3200, voice.Length - 3200);
        float[] x = voice[(loudest - 3200)..(loudest + 3200)];
        Normalized n = Normalized.Run(x, Rate);
        n.AssertBars("short 0.2 s", Rate);
        Assert.True(n.Applied.IsUngated);
        Assert.Equal("ungated-short", Report(n.Applied)["loudness_mode"]!.GetValue<string>());
    }

    [Fact]
    public void Where_gain_suffices_every_sample_is_exactly_sample_times_gain()
    {
        // Noise with one smooth burst whose peak makes the peak-to-loudness ratio 15.0 dB: the largest that needs no
        // limiter.
        var random = new Random(2);
        float[] noise = [.. Enumerable.Range(0, 5 * Rate).Select(_ => 0.05f * (float)(2 * random.NextDouble() - 1))],
            x = noise;
        double amplitude = 0.2;
        for (int i = 0; i < 50; i++)
        {
            x =
            [
                .. noise.Select(
                    (v, n) =>
                        Math.Abs(n - 80_000) < 100
                            ? v * 0.01f + (float)(amplitude * Math.Pow(Math.Cos(Math.PI * (n - 80_000) / 200), 2))
                            : v),
            ];
            amplitude *= Decibels.ToAmplitude(14.9998 - Plr(x));
        }

        Assert.InRange(Plr(x), 14.999, 15.0);
        Normalized n = Normalized.Run(x, Rate);
        n.AssertBars("peaks just below the ceiling", Rate);
        Assert.Equal(0, n.Applied.MaxReductionDb);
        float factor = (float)Decibels.ToAmplitude(n.Applied.GainDb);
        Assert.Equal(x.Select(v => v * factor), n.Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void Normalising_again_changes_the_gain_by_less_than_a_twentieth_of_a_decibel(int seed)
    {
        Normalized first = Normalized.Run(PulseVoice.Make(8, -25, Rate, seed), Rate),
            second = Normalized.Run(first.Written, Rate);
        Figures.Record($"second gain, seed {seed}", Rate, second.Applied.GainDb);
        if (first.Applied.ShortfallLu == 0)
        {
            Assert.InRange(second.Applied.GainDb, -0.05, 0.05);
        }

        Assert.InRange(second.Result.TruePeakDb, -3, -1);
    }

    [Fact]
    public void Another_target_ceiling_and_the_dual_mono_reading_are_met()
    {
        float[] x = PulseVoice.Make(6, -20, Rate, 5);
        Normalized.Run(x, Rate, new NormalizeLoudnessOptions { TargetLufs = -23 }).AssertBars("target -23", Rate, -23);
        Normalized
            .Run(x, Rate, new NormalizeLoudnessOptions { TargetLufs = -23, TruePeakDb = -9 })
            .AssertBars("target -23, ceiling -9", Rate, -23, -9);
        Normalized
            .Run(x, Rate, new NormalizeLoudnessOptions { DualMono = true })
            .AssertBars("dual mono", Rate, -19.0103);
    }

    [Fact]
    public void Without_a_target_no_sample_changes_and_nothing_is_found()
    {
        float[] x = PulseVoice.Make(2, -20, Rate, 6);
        using var clip = AudioClip.FromSamples("a", Rate, x);
        new NormalizeLoudnessStage(new NormalizeLoudnessOptions { TargetLufs = null }).Process(
            clip,
            TestContext.Current.CancellationToken);
        Assert.Equal(x, clip.Samples.ToArray());
        Assert.Null(clip.Findings.TryGet<AppliedGain>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void Silence_and_what_is_below_the_gate_are_left_alone_with_a_warning(int length)
    {
        Normalized silent = Normalized.Run(new float[length], Rate);
        Assert.Equal(new float[length], silent.Samples);
        Assert.Equal([WarningCodes.LoudnessUndefined], silent.Warnings);
        Assert.Equal(0, silent.Applied.GainDb);
        float[] faint = [.. Enumerable.Range(0, length).Select(i => 1e-5f * (i % 3 - 1))];
        Assert.Equal(faint, Normalized.Run(faint, Rate).Samples);
        Assert.Equal("undefined", Report(silent.Applied)["loudness_mode"]!.GetValue<string>());
        Assert.Null(Report(silent.Applied)["loudness_shortfall_lu"]);
    }

    [Fact]
    public void Clips_of_a_few_samples_keep_the_ceiling_too()
    {
        for (int length = 1; length < 60; length++)
        {
            float[] x = [.. Enumerable.Range(0, length).Select(i => 0.7f * MathF.Sin(i * i + 1))];
            Normalized n = Normalized.Run(x, Rate, new NormalizeLoudnessOptions { TargetLufs = -5 });
            Assert.True(n.Result.TruePeakDb <= -1, $"{length} samples: {n.Result.TruePeakDb} dBTP");
            Assert.True(
                n.Applied.ShortfallLu > 0 || Math.Abs(n.Result.IntegratedLufs + 5) < 0.1,
                $"{length} samples: {n.Result.IntegratedLufs} LUFS");
        }
    }

    [Fact]
    public void A_fixed_gain_is_applied_as_given_while_the_limiter_guards_the_ceiling()
    {
        float[] x = PulseVoice.Make(6, -26, Rate, 6);
        double peak = Decibels.FromAmplitude(TruePeak.Measure(x, TestContext.Current.CancellationToken));
        Normalized plain = Normalized.Run(x, Rate, new NormalizeLoudnessOptions { FixedGainDb = -1 - peak - 2 });
        Assert.Equal(0, plain.Applied.MaxReductionDb);
        Assert.Equal(-1 - peak - 2, plain.Applied.GainDb, 1e-9);
        Normalized limited = Normalized.Run(x, Rate, new NormalizeLoudnessOptions { FixedGainDb = -1 - peak + 3 });
        Assert.Equal(-1 - peak + 3, limited.Applied.GainDb, 1e-9);
        Assert.InRange(limited.Applied.MaxReductionDb, 3, 3.2);
        Assert.InRange(limited.Result.TruePeakDb, -1.2, -1);
    }

    [Fact]
    public void One_stage_shared_by_threads_gives_each_clip_the_same_bits_as_alone()
    {
        float[][] clips = [.. Enumerable.Range(0, 6).Select(s => PulseVoice.Make(2 + s, -25, Rate, s))];
        float[][] alone = [.. clips.Select(c => Normalized.Run(c, Rate).Samples)];
        var stage = new NormalizeLoudnessStage(new NormalizeLoudnessOptions());
        Parallel.For(0, 12, i =>
        {
            using var clip = AudioClip.FromSamples("a", Rate, clips[i % 6]);
            stage.Process(clip, CancellationToken.None);
            Assert.Equal(alone[i % 6], clip.Samples.ToArray());
        });
    }

    [Fact]
    public void An_hour_is_normalised_in_bounded_memory()
    {
        Requires.SlowTests();
        float[] minute = PulseVoice.Make(60, -25, Rate, 2);
        using var store = new SampleStore();
        store.Reserve(60 * minute.Length);
        for (int i = 0; i < 60; i++)
        {
            store.Append(minute);
        }

        using var clip = new AudioClip("hour", Rate, store);
        long before = GC.GetTotalAllocatedBytes(true);
        new NormalizeLoudnessStage(new NormalizeLoudnessOptions()).Process(clip, TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetTotalAllocatedBytes(true) - before, 0, 150_000_000);
        LoudnessMeasurement m = LoudnessMeasurement.Measure(clip.Samples, Rate, TestContext.Current.CancellationToken);
        Figures.Record("one hour I", Rate, m.IntegratedLufs);
        Assert.InRange(m.IntegratedLufs, -16.02, -15.98);
        Assert.True(m.TruePeakDb <= -1);
    }

    private static System.Text.Json.Nodes.JsonObject Report(AppliedGain applied)
    {
        var figures = new FigureList();
        applied.Report(figures);
        return figures.Json;
    }

    private static double Plr(float[] x)
    {
        LoudnessMeasurement m = LoudnessMeasurement.Measure(x, Rate, TestContext.Current.CancellationToken);
        return m.TruePeakDb - m.IntegratedLufs;
    }
}
