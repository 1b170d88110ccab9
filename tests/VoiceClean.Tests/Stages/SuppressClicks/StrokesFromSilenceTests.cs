using VoiceClean.Audio;
using VoiceClean.Stages.SuppressClicks;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.SuppressClicks;

public class StrokesFromSilenceTests
{
    private const int Rate = 32_000;

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    [InlineData(43)]
    [InlineData(63)]
    public void Strokes_that_come_out_of_silence_are_found_wherever_it_ends(int shift)
    {
        // A keyboard behind a noise gate: silence before each stroke, which takes 4 ms to be there, and behind it.
        float[] voice = VowelVoice.Make(Rate, 6), samples = new float[voice.Length + shift];
        voice.CopyTo(samples, shift);
        int[] strokes = [.. Enumerable.Range(0, 10).Select(k => shift + Rate + (k * 9_600))];
        foreach (int at in strokes)
        {
            samples.AsSpan(at - 3_200, 8_000).Clear();
            float[] key = WhiteNoise.Gaussian(1_600, at, 0.3);
            for (int n = 0; n < key.Length; n++)
            {
                samples[at + n] = key[n] * Math.Min(1, n / 128f) * (float)Math.Exp(-n / 100.0);
            }
        }

        using AudioClip clip = AudioClip.FromSamples("a", Rate, samples);
        new SuppressClicksStage(new SuppressClicksOptions { Strength = 0.6 }).Process(
            clip,
            TestContext.Current.CancellationToken);
        Assert.InRange(clip.Findings.Get<SuppressedClicks>().Count, 9, 10);
    }
}
