using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Inspection.RealNoiseTests;

namespace VoiceClean.Tests.Inspection;

/// <summary>Real speech without a pause in real noise, as it is cut out for a data set.</summary>
public class TightClipTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    // What is left between the strokes of a keyboard stands clear however loud they are.
    [Theory]
    [InlineData(5, 1, 0, 0.12)]
    [InlineData(5, 2, 0, 0.06)]
    [InlineData(-10, 2, 0.97, 1)]
    public void Of_clips_without_a_pause_those_are_refused_that_drown(int snrDb, int seconds, double least, double most)
    {
        (string Name, float[] Samples)[] noises =
            [.. EvaluationClips.LoadNoise().Where(n => !n.Name.StartsWith("key", StringComparison.Ordinal))];
        int length = seconds * Rate, count = 0, refused = 0;
        foreach (float[] clip in EvaluationClips.LoadClean())
        {
            double active = ActiveLevelDb(clip);
            for (int at = 0; at + length <= clip.Length; at += Rate / 4)
            {
                if (IsFilled(clip.AsSpan(at, length), active))
                {
                    float[] noise = noises[count % noises.Length].Samples[(count % 7 * Rate)..];
                    Assessment judged = Judged(Mixed(clip.AsSpan(at, length), noise, snrDb, 0));
                    refused += judged.Verdict == Verdict.Hopeless ? 1 : 0;
                    count++;
                }
            }
        }

        Assert.True(count > 20, $"{count}");
        Assert.True(refused >= least * count && refused <= most * count, $"{refused} of {count}");
    }
}
