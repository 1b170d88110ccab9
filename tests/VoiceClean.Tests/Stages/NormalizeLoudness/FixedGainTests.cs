using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Errors;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.NormalizeLoudness;

/// <summary>One gain for several clips, which is to keep their levels against each other.</summary>
public class FixedGainTests
{
    private const int Rate = 32_000;

    [Theory]
    [InlineData(6, false)]
    [InlineData(12, false)]
    [InlineData(25, true)]
    [InlineData(40, true)]
    public void A_clip_that_the_ceiling_keeps_below_its_level_says_by_how_much(double gainDb, bool isLower)
    {
        float[] x = PulseVoice.Make(6, -30, Rate, 6);
        using var clip = AudioClip.FromSamples("a", Rate, x);
        double wanted = gainDb + LoudnessMeasurement.MeasureAtAnyLevel(x, Rate, TestContext.Current.CancellationToken);
        new NormalizeLoudnessStage(new NormalizeLoudnessOptions { FixedGainDb = gainDb })
            .Process(clip, TestContext.Current.CancellationToken);
        double lacking =
            wanted - LoudnessMeasurement.MeasureAtAnyLevel(clip.Samples, Rate, TestContext.Current.CancellationToken);
        Assert.Equal(isLower, lacking > 0.5);
        Assert.Equal(
            isLower ? [string.Create(CultureInfo.InvariantCulture, $"The clip stays {lacking:0.0} LU below")] : [],
            clip.Warnings
                .Where(w => w.Code == WarningCodes.LoudnessNotReached)
                .Select(w => w.Message[..(w.Message.IndexOf("below", StringComparison.Ordinal) + "below".Length)]));
    }
}
