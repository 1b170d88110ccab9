using VoiceClean.Audio;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>A noise that is switched on or off, or two takes in one recording.</summary>
public class NoiseStepsTests
{
    private const int Rate = 32_000, Seconds = 14, Middle = Seconds * Rate / 2;
    private const double AskedDb = 14.4;

    [Theory]
    [InlineData(15, true)]
    [InlineData(25, true)]
    [InlineData(45, true)]
    [InlineData(15, false)]
    [InlineData(25, false)]
    [InlineData(45, false)]
    public void Noise_that_is_switched_is_turned_down_where_it_is(double stepDb, bool isOff)
    {
        float[] mixture = Switched(Noise(), stepDb, isOff);
        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6);
        double turnedDown = double.PositiveInfinity;
        foreach (SampleRange pause in Pauses().Where(p => p.Start < Middle == isOff))
        {
            turnedDown = Math.Min(
                turnedDown,
                HarmonicSyllables.PowerDb(mixture, pause) - HarmonicSyllables.PowerDb(clip.Samples, pause));
        }

        Assert.InRange(turnedDown, AskedDb - 2.5, 24);
        Assert.Null(clip.Findings.Get<SpectralGateResult>().Limit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_there_is_little_of_it_speech_is_as_without_the_rest(bool isOff)
    {
        float[] mixture = Switched(Noise(), 40, isOff), speech = Speech();
        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6);
        Range quiet = isOff ? (Middle + Rate)..(12 * Rate) : (2 * Rate)..(Middle - Rate);
        Assert.InRange(Gated.SiSdr(clip.Samples[quiet], speech.AsSpan()[quiet]), 24, 100);
    }

    [Theory]
    [InlineData(0.8, 20)]
    [InlineData(0.8, 30)]
    [InlineData(1.6, 20)]
    [InlineData(1.6, 30)]
    public void Bursts_of_a_noise_fall_as_far_as_the_noise(double seconds, double louderDb)
    {
        float[] mixture = Speech(), noise = Noise();
        float burst = (float)Math.Pow(10, (louderDb - 20) / 20), rest = 0.1f;
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] += noise[n] * (IsBurst(n) ? burst : rest);
        }

        using AudioClip clip = Gated.Clean(mixture, Rate, 0.6);
        double before = 0, after = 0;
        const int margin = Rate / 10;
        foreach (SampleRange pause in Pauses().Where(p => IsBurst(p.Start - margin) && IsBurst(p.End + margin)))
        {
            before += Math.Pow(10, HarmonicSyllables.PowerDb(mixture, pause) / 10);
            after += Math.Pow(10, HarmonicSyllables.PowerDb(clip.Samples, pause) / 10);
        }

        Assert.InRange(10 * Math.Log10(before / after), AskedDb - 2.5, 24);

        bool IsBurst(int sample) => (sample / (double)Rate) % 3.1 > 3.1 - seconds;
    }

    [Fact]
    public void Noise_that_stays_has_no_steps()
    {
        using AudioClip clip = Gated.Clean(Switched(Noise(), 0, isOff: true), Rate, 0.6);
        Assert.Equal(0, clip.Findings.Get<SpectralGateResult>().StepSeconds);
    }

    [Fact]
    public void A_note_that_is_held_is_no_noise()
    {
        float[] quiet = WhiteNoise.Gaussian(Seconds * Rate, 3, 1e-4);
        float[] voice = VowelVoice.Make(Rate, 4);
        for (int n = 0; n < voice.Length; n++)
        {
            quiet[(5 * Rate) + n] += voice[n];
        }

        using AudioClip clip = Gated.Clean(quiet, Rate, 0.6);
        Assert.Equal(0, clip.Findings.Get<SpectralGateResult>().StepSeconds);
    }

    private static float[] Speech() => HarmonicSyllables.Speech(Rate, Seconds - 1.4, seed: 7);

    private static float[] Noise() => WhiteNoise.Gaussian(Seconds * Rate, 107, 0.03);

    private static float[] Switched(float[] noise, double stepDb, bool isOff)
    {
        float[] mixture = Speech();
        float less = (float)Math.Pow(10, -stepDb / 20);
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] += noise[n] * (n < Middle == isOff ? 1 : less);
        }

        return mixture;
    }

    // Behind each syllable, away from the switch.
    private static IEnumerable<SampleRange> Pauses()
    {
        for (double start = 1.05; start < Seconds - 1.5; start += 0.5)
        {
            int from = (int)((start + 0.02) * Rate), to = (int)((start + 0.08) * Rate);
            if (Math.Abs(from - Middle) > Rate)
            {
                yield return new SampleRange(from, to);
            }
        }
    }
}
