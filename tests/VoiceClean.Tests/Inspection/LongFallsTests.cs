using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class LongFallsTests
{
    private const int Rate = Talk.SampleRate;

    [Fact]
    public void Dry_speech_is_in_no_room() =>
        Assert.All(
            EvaluationClips.LoadClean().Append(Talk.Synthetic(6, -20, -80, hasPauses: true).Samples),
            samples => Assert.False(Seconds(samples) > 0.8));

    [Theory]
    [InlineData(1.2)]
    [InlineData(1.8)]
    public void The_time_of_a_faint_room_is_found(double room)
    {
        float[] sentence = [.. Talk.Synthetic(3, -20, -90, hasPauses: false).Samples, .. new float[2 * Rate]];
        float[] wet = RoomDecayTests.InRoom([.. sentence, .. sentence, .. sentence], room, loudness: 0.5);
        Assert.InRange(Seconds(wet), room - 0.35, room + 0.35);
    }

    [Fact]
    public void A_small_room_is_below_the_limit()
    {
        float[] sentence = [.. Talk.Synthetic(3, -20, -90, hasPauses: false).Samples, .. new float[Rate]];
        Assert.False(Seconds(RoomDecayTests.InRoom([.. sentence, .. sentence, .. sentence], 0.3)) > 0.8);
    }

    [Fact]
    public void One_voice_that_is_faded_out_is_no_room()
    {
        float[] samples = Talk.Synthetic(6, -20, -80, hasPauses: false).Samples;
        for (int i = 0; i < 2 * Rate; i++)
        {
            samples[^(i + 1)] *= MathF.Pow(10, -2 * (1 - (i / (2f * Rate))));
        }

        Assert.True(double.IsNaN(Seconds(samples)));
    }

    [Fact]
    public void Edges_of_digital_silence_are_no_falls()
    {
        float[] piece = [.. Talk.Synthetic(1, -20, -80, hasPauses: false).Samples, .. new float[Rate]];
        Assert.True(double.IsNaN(Seconds([.. piece, .. piece, .. piece, .. piece])));
    }

    [Fact]
    public void Of_nothing_nothing_is_said()
    {
        Assert.True(double.IsNaN(Seconds([])));
        Assert.True(double.IsNaN(Seconds(new float[Rate])));
        Assert.True(double.IsNaN(Seconds(WhiteNoise.Gaussian(3 * Rate, 3, 0.1))));
    }

    private static double Seconds(float[] samples) =>
        LongFalls.MeasureS(SpeechBandTrack.Measure(samples, Rate, TestContext.Current.CancellationToken));
}
