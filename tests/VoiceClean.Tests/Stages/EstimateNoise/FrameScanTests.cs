using VoiceClean.Audio;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.EstimateNoise;

public class FrameScanTests
{
    private const int Rate = 32_000;
    private static readonly SpeechFraming s_framing = new(Rate);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void What_was_looked_at_for_the_noise_is_what_the_gate_gets_once()
    {
        using AudioClip clip = Noise();
        var left = FrameScan.Of(s_framing, clip, forGate: true, Token);
        using var taken = FrameScan.Take(s_framing, clip, 1, Token);
        Assert.Same(left, taken);
        using var again = FrameScan.Take(s_framing, clip, 2, Token);
        Assert.NotSame(left, again);
        using RowStore.Cursor first = taken.Cells.Open(), second = again.Cells.Open();
        for (int cell = 0; cell < taken.CellLevels.Length; cell++)
        {
            Assert.Equal(first.Row(cell), second.Row(cell));
        }
        Assert.Equal(taken.CellLevels, again.CellLevels);
    }

    [Fact]
    public void Samples_that_may_have_changed_are_looked_at_again()
    {
        using AudioClip clip = Noise();
        var left = FrameScan.Of(s_framing, clip, forGate: true, Token);
        clip.Samples.Fill(0.125f);
        using var taken = FrameScan.Take(s_framing, clip, 1, Token);
        Assert.NotSame(left, taken);
        Assert.NotEqual(left.CellLevels, taken.CellLevels);
    }

    [Fact]
    public void A_clip_that_begins_from_the_state_of_another_looks_for_itself()
    {
        using AudioClip clip = Noise();
        var left = FrameScan.Of(s_framing, clip, forGate: true, Token);
        using AudioClip other = clip.Fork();
        using var taken = FrameScan.Take(s_framing, other, 1, Token);
        Assert.NotSame(left, taken);
        Assert.Equal(left.CellLevels, taken.CellLevels);
    }

    private static AudioClip Noise() =>
        AudioClip.FromSamples("a.wav", Rate, WhiteNoise.Uniform(10 * Rate, seed: 1, amplitude: 0.5));
}
