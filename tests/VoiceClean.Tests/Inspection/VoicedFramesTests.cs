using VoiceClean.Audio;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class VoicedFramesTests
{
    private const int Rate = 32_000;

    // Tones and motors have a pitch all the time and never rest: in a short clip nothing else tells them from a voice.
    [Theory]
    [InlineData("sine", 440)]
    [InlineData("sine", 150)]
    [InlineData("square", 110)]
    [InlineData("square", 220)]
    [InlineData("motor", 95)]
    [InlineData("motor", 180)]
    public void A_tone_or_a_motor_is_no_voice_however_short_it_is(string kind, double hz) =>
        Assert.All(
            new[] { 0.6, 1, 1.9 },
            seconds => Assert.InRange(Measure(Made(kind, hz, seconds)).VoicedS!.Value, 0, 0.04));

    [Theory]
    [InlineData(0.6)]
    [InlineData(1)]
    [InlineData(1.9)]
    public void A_voice_without_a_pause_is_one(double seconds)
    {
        Measurements m = Measure(GlidingVoice.Make(Rate, 2).AsSpan(0, (int)(seconds * Rate)).ToArray());
        Assert.True(m.VoicedS > 0.4 * seconds, $"{m.VoicedS}");
        Assert.True(m.SpeechS > 0.7 * seconds, $"{m.SpeechS}");
        Assert.True(m.SnrDb > 0, $"{m.SnrDb}");
    }

    // 60 dB below the voice, but with a pitch: what a hum remover leaves, or a far radio.
    [Fact]
    public void What_hardly_sounds_in_the_pauses_is_no_voice()
    {
        float[] voice = Talk.Synthetic(6, -20, double.NegativeInfinity, hasPauses: true).Samples;
        float[] tone = Made("square", 130, 6.0);
        double before = Measure(voice).VoicedS!.Value;
        float[] both = [.. voice.Zip(tone, (v, t) => v + (0.002f * t))];
        Assert.InRange(Measure(both).VoicedS!.Value, before - 0.3, before + 0.3);
    }

    private static float[] Made(string kind, double hz, double seconds)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable.Range(0, (int)(seconds * Rate)).Select(i =>
            {
                double phase = hz * i / Rate % 1, noise = 0.01 * (random.NextDouble() - 0.5);
                return (float)(noise + kind switch
                {
                    "sine" => 0.3 * Math.Sin(2 * Math.PI * phase),
                    "square" => phase < 0.5 ? 0.2 : -0.2,
                    _ => (0.4 * phase) - 0.2 + (0.1 * (random.NextDouble() - 0.5)),
                });
            }),
        ];
    }

    private static Measurements Measure(float[] samples)
    {
        using var clip = AudioClip.FromSamples("x", Rate, samples);
        return Inspector.Measure(clip, TestContext.Current.CancellationToken);
    }
}
