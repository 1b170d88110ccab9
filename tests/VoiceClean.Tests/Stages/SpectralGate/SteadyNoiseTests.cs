using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>Which noise holds still, and what that is worth.</summary>
public class SteadyNoiseTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1.75, 0.5)]
    [InlineData(2.5, 0)]
    [InlineData(8, 0)]
    public void A_proven_noise_holds_still_as_long_as_it_does_not_rise(double riseDb, float expected) =>
        Assert.Equal(expected, SteadyNoise.Steadiness(Profile(true), Lift(riseDb, 100), new bool[100]), 1e-4);

    [Fact]
    public void What_nothing_proves_moves_and_so_may_the_noise_of_another_recording()
    {
        float[] lift = Lift(0, 100);
        Assert.Equal(0, SteadyNoise.Steadiness(Profile(false), lift, new bool[100]));
        Assert.Equal(0, SteadyNoise.Steadiness(Profile(true, NoiseSource.File), lift, new bool[100]));
        Assert.Equal(1, SteadyNoise.Steadiness(Profile(true, NoiseSource.Range), lift, new bool[100]));
    }

    [Fact]
    public void Silence_has_no_say()
    {
        float[] lift = [.. Lift(2, 50), .. Lift(0, 50)];
        bool[] silent = [.. new bool[50], .. Enumerable.Repeat(true, 50)];
        Assert.Equal(
            SteadyNoise.Steadiness(Profile(true), lift.AsSpan(0, 50), new bool[50]),
            SteadyNoise.Steadiness(Profile(true), lift, silent));
    }

    [Fact]
    public void The_gain_is_deeper_the_more_noise_there_is_and_the_stiller_it_holds()
    {
        Assert.Equal(0.4f, SteadyNoise.StrongFrameDepth(1, 20));
        Assert.Equal(0.4f, SteadyNoise.StrongFrameDepth(0, 40));
        Assert.Equal(1.3f, SteadyNoise.StrongFrameDepth(1, 5), 1e-5f);
        Assert.Equal(1.3f, SteadyNoise.StrongFrameDepth(1, -5), 1e-5f);
        Assert.Equal(0.67f, SteadyNoise.StrongFrameDepth(0, 5), 1e-5f);
        for (int snr = 5; snr < 20; snr++)
        {
            Assert.True(SteadyNoise.StrongFrameDepth(1, snr) > SteadyNoise.StrongFrameDepth(1, snr + 1));
            Assert.True(SteadyNoise.StrongFrameDepth(1, snr) > SteadyNoise.StrongFrameDepth(0.5f, snr));
        }
    }

    private static float[] Lift(double riseDb, int count) =>
        [.. Enumerable.Repeat((float)Math.Pow(10, riseDb / 10), count)];

    private static NoiseProfile Profile(bool isVerified, NoiseSource source = NoiseSource.Head)
    {
        var framing = new SpeechFraming(32_000);
        return new NoiseProfile(
            framing,
            new NoiseSpectrum(new float[framing.Stride], 1.5),
            source,
            null,
            verified: isVerified,
            scarce: false);
    }
}
