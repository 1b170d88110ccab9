using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Stages.EstimateNoise;

public class EstimateNoiseStageTests
{
    private const int Rate = 32_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_head_of_noise_is_recognised_and_its_level_and_curve_are_right()
    {
        using AudioClip clip = Estimate(HarmonicSyllables.Noisy(Rate, 4, 10, seed: 1).Mixture);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        Assert.Equal(NoiseSource.Head, profile.Source);
        Assert.Equal(new SampleRange(0, Rate / 2), profile.Range);
        Assert.True(profile.IsVerified);
        Assert.Empty(clip.Warnings);
        Assert.Equal(-30, profile.LevelDb, 0.5);            // 0.1 at 10 dB
        Assert.InRange(profile.ScatterDb, 1.2, 1.8);
        double[] levels = profile.BandLevelsDb();
        Assert.Equal(profile.BandCentresHz.Count, levels.Length);
        for (int b = 8; b < levels.Length; b++)
        {
            // white noise: the share of a band is its width over half the rate
            double width = profile.BandCentresHz[b] * (Math.Pow(2, 1 / 6.0) - Math.Pow(2, -1 / 6.0));
            Assert.Equal(-30 + (10 * Math.Log10(width / (Rate / 2))), levels[b], 1.2);
        }
    }

    [Fact]
    public void A_head_of_speech_is_rejected_with_a_warning_and_the_quietest_frames_serve()
    {
        using AudioClip clip = Estimate(HarmonicSyllables.Noisy(Rate, 4, 10, seed: 2, lead: 0.02).Mixture);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        Assert.Equal(NoiseSource.Auto, profile.Source);
        Assert.Null(profile.Range);
        Assert.Contains(clip.Warnings, w => w.Code == WarningCodes.NoiseHeadRejected);
        Assert.Equal(-30, profile.LevelDb, 1.0);
    }

    [Fact]
    public void A_range_is_taken_as_it_is()
    {
        float[] samples = HarmonicSyllables.Noisy(Rate, 4, 10, seed: 3).Mixture;
        using AudioClip clip = Estimate(
            samples,
            new EstimateNoiseOptions
            {
                Source = NoiseSource.Range,
                RangeStart = TimeSpan.FromSeconds(4.8),
                RangeEnd = TimeSpan.FromSeconds(5.2),
            });
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        Assert.Equal(new SampleRange(153_600, 166_400), profile.Range);
        Assert.Equal(-30, profile.LevelDb, 0.5);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(5.0, 5.9)]
    [InlineData(1.0, 1.01)]
    public void A_range_that_is_empty_outside_or_too_short_is_a_mistake_of_the_user(double start, double end)
    {
        var options = new EstimateNoiseOptions
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.FromSeconds(start),
            RangeEnd = TimeSpan.FromSeconds(end),
        };
        VoiceCleanException e = Assert.Throws<VoiceCleanException>(() => Estimate(new float[5 * Rate], options));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.Equal(ReasonCodes.BadOptions, e.Code);
    }

    [Fact]
    public void A_range_of_digital_silence_is_called_that_and_not_short()
    {
        float[] samples = HarmonicSyllables.Noisy(Rate, 4, 10, seed: 3).Mixture;
        samples.AsSpan(0, Rate / 2).Clear();
        var options = new EstimateNoiseOptions
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.Zero,
            RangeEnd = TimeSpan.FromSeconds(0.4),
        };
        VoiceCleanException e = Assert.Throws<VoiceCleanException>(() => Estimate(samples, options));
        Assert.Equal(
            "The noise range from 0 s to 0.4 s holds only digital silence; name one with noise in it.",
            e.Message);
    }

    [Theory]
    [InlineData(16_000, "holds only digital silence")]
    [InlineData(600, "lasts only 0.019 s; it must hold at least")]
    public void A_noise_recording_that_teaches_nothing_is_told_why(int length, string why)
    {
        using var folder = new TemporaryFolder();
        string path = folder["noise.wav"];
        File.WriteAllBytes(path, TestWav.Pcm16(Rate, new float[length]));
        VoiceCleanException e = Assert.Throws<VoiceCleanException>(() =>
            Estimate(
                HarmonicSyllables.Noisy(Rate, 4, 10, seed: 3).Mixture,
                new EstimateNoiseOptions { Source = NoiseSource.File, FilePath = path }));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.Contains($"{path} {why}", e.Message);
    }

    [Fact]
    public void A_missing_noise_file_is_an_error_of_the_input()
    {
        InputException e = Assert.Throws<InputException>(() =>
            Estimate(
                new float[Rate],
                new EstimateNoiseOptions { Source = NoiseSource.File, FilePath = "/nowhere/noise.wav" }));
        Assert.Equal(ReasonCodes.NotFound, e.Code);
        Assert.Contains("/nowhere/noise.wav", e.Message);
    }

    [Fact]
    public void Pauses_of_digital_silence_do_not_count_as_noise()
    {
        float[] samples = HarmonicSyllables.Noisy(Rate, 4, 10, seed: 4).Mixture;
        samples.AsSpan(2 * Rate, Rate).Clear();
        using AudioClip clip = Estimate(samples, new EstimateNoiseOptions { HeadLength = TimeSpan.FromSeconds(0.5) });
        Assert.Equal(-30, clip.Findings.Get<NoiseProfile>().LevelDb, 1.0);
    }

    [Fact]
    public void Silence_has_no_noise()
    {
        using AudioClip clip = Estimate(new float[3 * Rate]);
        Assert.Null(clip.Findings.TryGet<NoiseProfile>());
    }

    [Fact]
    public void A_short_clip_gives_a_scarce_profile_near_the_truth()
    {
        using AudioClip clip = Estimate(HarmonicSyllables.Noisy(Rate, 0.5, 10, seed: 5, lead: 0.3).Mixture);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        Assert.True(profile.IsScarce);
        Assert.Equal(-30, profile.LevelDb, 2.5);
    }

    [Fact]
    public void The_report_names_source_stretch_level_and_curve()
    {
        using AudioClip clip = Estimate(HarmonicSyllables.Noisy(Rate, 4, 10, seed: 6).Mixture);
        var figures = new FigureList();
        clip.Findings.Get<NoiseProfile>().Report(figures);
        Assert.Equal("head", (string?)figures.Json["noise_source"]);
        Assert.Equal(0, (double?)figures.Json["noise_start_s"]);
        Assert.Equal(0.5, (double?)figures.Json["noise_end_s"]);
        Assert.Equal(-30, (double)figures.Json["noise_level_dbfs"]!, 0.5);
        Assert.Equal(figures.Json["noise_bands_hz"]!.AsArray().Count, figures.Json["noise_bands_db"]!.AsArray().Count);
    }

    private static AudioClip Estimate(float[] samples, EstimateNoiseOptions? options = null)
    {
        AudioClip clip = AudioClip.FromSamples("test.wav", Rate, samples);
        new EstimateNoiseStage(options ?? new EstimateNoiseOptions()).Process(clip, Token);
        return clip;
    }
}
