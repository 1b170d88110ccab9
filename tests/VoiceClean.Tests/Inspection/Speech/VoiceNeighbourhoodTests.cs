using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Inspection.Speech;
using Xunit;

namespace VoiceClean.Tests.Inspection.Speech;

public class VoiceNeighbourhoodTests
{
    private const int Rate = 32_000, Step = Rate / 50, Frames = 500;

    [Fact]
    public void It_reaches_one_second_around_every_voice_of_60_ms()
    {
        bool[] voiced = new bool[Frames];
        voiced.AsSpan(200, 3).Fill(true);
        voiced.AsSpan(240, 10).Fill(true);
        voiced[400] = voiced[401] = true;         // too short for a voice
        VoiceNeighbourhood near = VoiceNeighbourhood.Of(voiced, Frames * Step, Rate)!;
        Assert.Equal(Step, VoicingDetector.FrameStart(1, Rate));
        Assert.Equal([new SampleRange(150 * Step, 300 * Step)], near.Stretches);
        Assert.Equal(Enumerable.Range(0, Frames).Select(t => t is >= 150 and < 300), near.IsNear);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(300)]
    public void Without_a_voice_or_with_one_nearly_everywhere_it_is_the_whole_recording(int voicedFrames)
    {
        bool[] voiced = new bool[Frames];
        voiced.AsSpan(100, voicedFrames).Fill(true);
        Assert.Null(VoiceNeighbourhood.Of(voiced, Frames * Step, Rate));
    }

    [Theory]
    [InlineData(0, 0, 53)]
    [InlineData(497, 447, 500)]
    public void It_ends_with_the_recording(int at, int from, int to)
    {
        bool[] voiced = new bool[Frames];
        voiced.AsSpan(at, 3).Fill(true);
        Assert.Equal(
            [new SampleRange(from * Step, to * Step)],
            VoiceNeighbourhood.Of(voiced, Frames * Step, Rate)!.Stretches);
    }
}
