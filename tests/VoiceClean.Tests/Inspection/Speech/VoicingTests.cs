using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection.Speech;

public class VoicingTests
{
    private const int Rate = 16_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_measured_once_as_long_as_the_samples_stay_as_they_are()
    {
        using var clip = AudioClip.FromSamples("a.wav", Rate, WhiteNoise.Uniform(2 * Rate, seed: 1, amplitude: 0.5));
        var first = Voicing.Of(clip, Token);
        Assert.Same(first, Voicing.Of(clip, Token));
        Assert.Equal(Voicing.Measure(clip.ReadOnlySamples, Rate, Token).Periodicity, first.Periodicity);
    }

    [Theory]
    [InlineData("written to")]
    [InlineData("cut")]
    [InlineData("replaced")]
    public void It_is_measured_again_when_the_samples_may_have_changed(string how)
    {
        using var clip = AudioClip.FromSamples("a.wav", Rate, WhiteNoise.Uniform(2 * Rate, seed: 1, amplitude: 0.5));
        var first = Voicing.Of(clip, Token);
        switch (how)
        {
            case "written to":
                clip.Samples.Fill(0.25f);
                break;
            case "cut":
                clip.Keep([new SampleRange(Rate, 2 * Rate)]);
                break;
            default:
                SampleStore other = clip.RentScratch();
                other.Span.Clear();
                clip.Replace(other);
                break;
        }

        var second = Voicing.Of(clip, Token);
        Assert.Equal(Voicing.Measure(clip.ReadOnlySamples, Rate, Token).Periodicity, second.Periodicity);
        Assert.NotEqual(first.Periodicity, second.Periodicity);
    }
}
