using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class RoomDecayTests
{
    private const int Rate = Talk.SampleRate;

    [Fact]
    public void Dry_speech_dies_away_fast() =>
        Assert.All(
            EvaluationClips.LoadClean().Append(Talk.Synthetic(6, -20, -80, hasPauses: true).Samples),
            samples => Assert.False(Decay(samples) < 105));

    [Fact]
    public void In_a_large_room_nothing_falls_faster_than_the_room_lets_it()
    {
        // A pause at the end, in which the last word can be heard to die away.
        float[] spoken = [.. Talk.Synthetic(5, -20, -90, hasPauses: true).Samples, .. new float[2 * Rate]];
        Assert.InRange(Decay(InRoom(spoken, 1.8)), 15, 105);
    }

    [Fact]
    public void A_small_room_is_none_to_speak_of() =>
        Assert.InRange(Decay(InRoom(Talk.Synthetic(6, -20, -90, hasPauses: true).Samples, 0.25)), 130, 1000);

    [Fact]
    public void Where_noise_hides_it_nothing_is_said()
    {
        Assert.True(double.IsNaN(Decay(Talk.Synthetic(4, -20, -32, hasPauses: true).Samples)));
        Assert.True(double.IsNaN(Decay(new float[Rate])));
        Assert.True(double.IsNaN(Decay([])));
    }

    private static double Decay(float[] samples) =>
        RoomDecay.MeasureDbPerS(SpeechBandTrack.Measure(samples, Rate, TestContext.Current.CancellationToken));

    // Noise that dies away by 60 dB in so many seconds, by default three times as loud as the direct sound: taps 0.5 ms
    // apart are dense enough for levels of 20 ms.
    internal static float[] InRoom(float[] dry, double seconds, double loudness = 3)
    {
        float[] signs = WhiteNoise.Gaussian((int)(2000 * seconds), 7, 1), wet = [.. dry];
        double energy = 0;
        for (int k = 3; k < signs.Length; k++)
        {
            energy += Math.Pow(signs[k] * Decibels.ToAmplitude(-60 * k / (2000 * seconds)), 2);
        }

        for (int k = 3; k < signs.Length; k++)
        {
            float level = (float)Decibels.ToAmplitude(-60 * k / (2000 * seconds));
            float gain = (float)(loudness * signs[k] * level / Math.Sqrt(energy));
            int delay = (k * Rate / 2000) + (k * 7 % 13);
            for (int i = delay; i < wet.Length; i++)
            {
                wet[i] += gain * dry[i - delay];
            }
        }

        return wet;
    }
}
