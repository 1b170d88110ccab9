using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Stages.SpectralGate.Gated;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>The stage: strength, profiles, the shortest clips.</summary>
public class SpectralGateStageTests
{
    [Fact]
    public void Strength_zero_leaves_every_bit()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 3, 10, seed: 1).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, 0);
        Assert.Equal(noisy, clip.Samples.ToArray());
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
    [InlineData(1.5, 30, 14.4)]
    [InlineData(1.5, 35, 10)]       // what holds still is noise: up to 45 dB
    [InlineData(4, 30, 6)]          // what does not may be ends of words: up to 33 dB
    [InlineData(2.5, 30, 10.2)]
    [InlineData(4, 34, 0)]
    [InlineData(8, 30, 0)]
    [InlineData(8, 25, 0)]
    [InlineData(7, 23, 10.4)]       // half as much wider: from 6.5 to 8.3 dB
    [InlineData(8, 15, 14.4)]
    [InlineData(13, 15, 0)]
    public void Restless_noise_is_trusted_where_speech_stands_little_out_of_it(double scatter, double snr, double db)
    {
        NoiseProfile profile = Profile(scatter, named: false);
        var depth = GateDepth.Of(0.6, profile, snr, rumbleSnrDb: 60);
        Assert.Equal(14.4, depth.AskedDb, 9);
        Assert.Equal(db, depth.Db, 9);
        Assert.Equal(db, depth.RumbleDb, 9);
        Assert.Equal(db < 14.4, depth.Limit is not null);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void Steady_noise_of_an_ordinary_recording_falls_by_24_dB_times_the_strength(double strength)
    {
        var depth = GateDepth.Of(strength, Profile(1.5, named: false), 21, rumbleSnrDb: 60);
        Assert.Equal(24 * strength, depth.Db, 9);
        Assert.Null(depth.Limit);
    }

    [Theory]
    [InlineData(27, 0)]
    [InlineData(25, 4)]
    [InlineData(15, 14.4)]
    public void Rumble_goes_from_a_recording_that_is_clean_above_it(double rumbleSnr, double db)
    {
        var depth = GateDepth.Of(0.6, Profile(9, named: false), 45, rumbleSnr);
        Assert.Equal(0, depth.Db);
        Assert.Equal(db, depth.RumbleDb, 9);
        float[] floors = GateFloor.PerBin(new SpeechFraming(32_000), depth);
        Assert.Equal(Decibels.ToAmplitude(-db), floors[2], 1e-6);       // 62 Hz
        Assert.Equal(1f, floors[7]);                                    // 219 Hz
    }

    [Fact]
    public void A_profile_that_the_user_names_is_used_however_restless()
    {
        Assert.Equal(14.4, GateDepth.Of(0.6, Profile(15, named: true), 20, 60).Db, 9);
        Assert.Null(GateDepth.Of(0.6, Profile(15, named: true), 20, 60).Limit);
        Assert.Equal(10, GateDepth.Of(0.6, Profile(15, named: true), 35, 60).Db, 9);
        Assert.Equal(GateDepth.CleanAlready, GateDepth.Of(0.6, Profile(15, named: true), 39, 60).Limit);
    }

    private static NoiseProfile Profile(double scatter, bool named)
    {
        var framing = new SpeechFraming(32_000);
        float[] power = new float[framing.Stride];
        Array.Fill(power, 1f);
        return new NoiseProfile(framing, new NoiseSpectrum(power, scatter), NoiseSource.Auto, null, named, false)
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
            RangeEnd = TimeSpan.FromSeconds(1.35),
        };
        new EstimateNoiseStage(wrong).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = 1 }).Process(clip, Token);
        Assert.True(clip.Findings.Get<SpectralGateResult>().Share < 1);
        Assert.Contains(clip.Warnings, w => w.Code == WarningCodes.BackedOff);
        Assert.Equal(double.NaN, clip.Findings.Get<SpectralGateResult>().CheckedSeconds);
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
    public void Without_a_profile_nothing_happens()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 2, 5, seed: 11).Mixture;
        using AudioClip clip = AudioClip.FromSamples("off.wav", 32_000, noisy);
        new EstimateNoiseStage(new EstimateNoiseOptions { Source = NoiseSource.Off }).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions()).Process(clip, Token);
        Assert.Equal(noisy, clip.Samples.ToArray());
    }
}
