using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>A noise that the user names and that changes: what the report says must be what was done.</summary>
public sealed class NamedNoiseTests : IDisposable
{
    private const int Rate = 32_000, Seconds = 14, Middle = Seconds * Rate / 2;
    private const double AskedDb = 14.4;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<NoiseSource, double, bool> Changes()
    {
        var data = new TheoryData<NoiseSource, double, bool>();
        foreach (NoiseSource source in new[] { NoiseSource.Head, NoiseSource.Range, NoiseSource.File })
        {
            foreach (double stepDb in new[] { 12, 20, 30, 45 })
            {
                data.Add(source, stepDb, false);
                data.Add(source, stepDb, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Noise_that_grows_falls_as_far_as_it_is_said(NoiseSource source, double stepDb, bool isRamp)
    {
        float[] noise = WhiteNoise.Gaussian(Seconds * Rate, 107, 0.05 * Math.Pow(10, -stepDb / 20)),
            mixture = HarmonicSyllables.Speech(Rate, Seconds - 1.4, seed: 7);
        for (int n = 0; n < mixture.Length; n++)
        {
            double risen = isRamp ? (double)n / mixture.Length : n < Middle ? 0 : 1;
            mixture[n] += noise[n] * (float)Math.Pow(10, stepDb * risen / 20);
        }

        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6, Named(source, noise));
        SpectralGateResult result = clip.Findings.Get<SpectralGateResult>();
        Assert.Equal(AskedDb, result.AttenuationDb, 9);
        Assert.InRange(TurnedDown(mixture, clip.Samples), AskedDb - 1, AskedDb + 2);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(-15)]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(30)]
    public void A_recording_of_the_noise_may_be_louder_or_quieter_than_the_noise_is(double louderDb)
    {
        float[] speech = HarmonicSyllables.Speech(Rate, Seconds - 1.4, seed: 7),
            noise = WhiteNoise.Gaussian(Seconds * Rate, 107, 0.01);
        float[] mixture = [.. speech.Select((x, n) => x + noise[n])];
        EstimateNoiseOptions named = Named(
            NoiseSource.File,
            WhiteNoise.Gaussian(Rate, 108, 0.01 * Math.Pow(10, louderDb / 20)));
        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6, named);
        Assert.InRange(TurnedDown(mixture, clip.Samples), AskedDb - 1, AskedDb + 2);
        Assert.True(
            Gated.SiSdr(clip.Samples, speech) > Gated.SiSdr(mixture, speech) + 7,
            $"{Gated.SiSdr(clip.Samples, speech) - Gated.SiSdr(mixture, speech):F1} dB won");
    }

    [Theory]
    [InlineData(NoiseSource.Auto, 0, null)]
    [InlineData(NoiseSource.Auto, 6, GateDepth.Restless)]
    [InlineData(NoiseSource.Head, 0, null)]
    public void Noise_that_is_turned_down_less_than_asked_for_is_told(NoiseSource source, double swingDb, string? limit)
    {
        // It swells and ebbs four times a second, as syllables do.
        float[] mixture = HarmonicSyllables.Speech(Rate, Seconds - 4, seed: 7, lead: 2),
            noise = WhiteNoise.Gaussian(mixture.Length, 107, 0.02);
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] += noise[n] * (float)Math.Pow(10, swingDb * Math.Sin(8 * Math.PI * n / Rate) / 20);
        }

        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6, Named(source, noise));
        SpectralGateResult result = clip.Findings.Get<SpectralGateResult>();
        Assert.Equal(limit, result.Limit);
        Assert.Equal(limit is not null, clip.Warnings.Any(w => w.Code == WarningCodes.DenoisedLess));
        var pause = new SampleRange(Rate / 10, 3 * Rate / 2);
        double fell = HarmonicSyllables.PowerDb(mixture, pause) - HarmonicSyllables.PowerDb(clip.Samples, pause);
        Assert.InRange(result.AttenuationDb, fell - 0.5, limit is null ? fell + 0.5 : AskedDb - 4);
        Assert.Equal(AskedDb, result.AskedDb, 9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_noise_that_is_not_the_one_that_was_named_is_told_with_what_it_fell_by(double swingDb)
    {
        // Rumble is named; the recording has a hiss, steady or as restless as syllables.
        float[] mixture = HarmonicSyllables.Speech(Rate, Seconds - 4, seed: 7, lead: 2),
            hiss = WhiteNoise.Gaussian(mixture.Length, 107, 0.02),
            rumble = WhiteNoise.Gaussian(Rate, 108, 0.005);
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] += hiss[n] * (float)Math.Pow(10, swingDb * Math.Sin(8 * Math.PI * n / Rate) / 20);
        }

        for (int n = 1; n < rumble.Length; n++)
        {
            rumble[n] += 0.97f * rumble[n - 1];
        }

        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6, Named(NoiseSource.File, rumble));
        SpectralGateResult result = clip.Findings.Get<SpectralGateResult>();
        Assert.Equal(GateDepth.UnlikeNamed, result.Limit);
        Warning warning = Assert.Single(clip.Warnings, w => w.Code == WarningCodes.DenoisedLess);
        Assert.EndsWith("instead of 14.4 dB: it is not like the noise that was named.", warning.Message);
        var pause = new SampleRange(Rate / 10, 3 * Rate / 2);
        double fell = HarmonicSyllables.PowerDb(mixture, pause) - HarmonicSyllables.PowerDb(clip.Samples, pause);
        Assert.InRange(result.AttenuationDb, fell - 0.5, fell + 0.7);
    }

    [Theory]
    [InlineData(0, 1.5, 6)]
    [InlineData(0.02, 0, 0)]
    public void Where_a_tone_passes_for_a_voice_it_is_told_that_no_pause_was_checked(
        double tone,
        double least,
        double most)
    {
        float[] mixture = HarmonicSyllables.Speech(Rate, Seconds - 4, seed: 7, lead: 2),
            hiss = WhiteNoise.Gaussian(mixture.Length, 110, 0.01);
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] += hiss[n] + (float)(tone * Math.Sin(2 * Math.PI * 300 * n / Rate));
        }

        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6, Named(NoiseSource.File, hiss[..Rate]));
        Assert.InRange(clip.Findings.Get<SpectralGateResult>().CheckedSeconds, least, most);
    }

    [Fact]
    public void A_named_burst_stays_as_loud_as_it_was_named()
    {
        // Bursts of 0.1 s twice a second: between them the noise is 40 dB below what was named.
        float[] mixture = HarmonicSyllables.Speech(Rate, Seconds - 1.4, seed: 7);
        float[] noise = WhiteNoise.Gaussian(mixture.Length, 109, 0.03);
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] += noise[n] * (n % (Rate / 2) < Rate / 10 ? 1 : 0.01f);
        }

        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6, Named(NoiseSource.Head, noise));
        Assert.Equal(0, clip.Findings.Get<SpectralGateResult>().StepSeconds);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1)]
    public void A_syllable_that_is_named_costs_the_others_nothing(double strength)
    {
        float[] speech = HarmonicSyllables.Speech(Rate, 4, seed: 8),
            mixture = HarmonicSyllables.Noisy(Rate, 4, 25, seed: 8).Mixture;
        var syllable = new EstimateNoiseOptions
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.FromSeconds(0.75),
            RangeEnd = TimeSpan.FromSeconds(0.95),
        };
        using AudioClip clip = Gated.Clean(mixture, Rate, strength, syllable);
        Range others = (int)(1.1 * Rate)..;
        double before = Gated.SiSdr(mixture[others], speech.AsSpan()[others]),
            after = Gated.SiSdr(clip.Samples[others], speech.AsSpan()[others]);
        Assert.True(after > before, $"{before:F1} dB became {after:F1} dB");
    }

    public void Dispose() => _folder.Dispose();

    private EstimateNoiseOptions Named(NoiseSource source, float[] noise)
    {
        string path = Path.Combine(_folder.Path, "noise.wav");
        using (FileStream file = File.Create(path))
        {
            WavWriter.Write(file, noise.AsSpan(0, Rate), Rate, SampleEncoding.IeeeFloat, "noise");
        }

        return new EstimateNoiseOptions
        {
            Source = source,
            RangeStart = TimeSpan.FromSeconds(0.1),
            RangeEnd = TimeSpan.FromSeconds(0.6),
            FilePath = path,
        };
    }

    // By how much the pauses between syllables fell in the second half.
    private static double TurnedDown(float[] before, ReadOnlySpan<float> after)
    {
        double sumBefore = 0, sumAfter = 0;
        for (double start = 8.05; start < Seconds - 1.5; start += 0.5)
        {
            for (int n = (int)((start + 0.02) * Rate); n < (start + 0.1) * Rate; n++)
            {
                sumBefore += before[n] * (double)before[n];
                sumAfter += after[n] * (double)after[n];
            }
        }

        return 10 * Math.Log10(sumBefore / sumAfter);
    }
}
