using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Downmix;

/// <summary>How several channels become one.</summary>
/// <param name="Name">For reports: "mean", "left", "polarity-corrected mean" …</param>
/// <param name="Weights">The factor of each channel.</param>
/// <param name="Warning">What the user should know about the choice; null if it is the ordinary one.</param>
internal sealed record ChannelWeights(string Name, float[] Weights, Warning? Warning = null)
{
    /// <summary>One channel at unity, so bit for bit.</summary>
    public static ChannelWeights Only(int channel, int channels, Warning? warning = null)
    {
        float[] weights = new float[channels];
        weights[channel] = 1;
        return new ChannelWeights(NameOf(channel, channels), weights, warning);
    }

    /// <summary>The mean of the channels for which <paramref name="counts"/> is true; at least one must be.</summary>
    public static ChannelWeights Mean(bool[] counts, Warning? warning = null)
    {
        float share = 1f / counts.Count(c => c);
        return new ChannelWeights("mean", [.. counts.Select(c => c ? share : 0)], warning);
    }

    public static string NameOf(int channel, int channels) =>
        channels > 2 ? $"channel {channel + 1}"
        : channel == 0 ? "left"
        : "right";

    /// <summary>Applies the weights.</summary>
    /// <param name="interleaved">Whole frames.</param>
    /// <param name="mono">One sample per frame.</param>
    public void Apply(ReadOnlySpan<float> interleaved, Span<float> mono)
    {
        float[] weights = Weights;
        int only = Array.FindIndex(weights, w => w != 0);
        if (weights.Length == 2)
        {
            ApplyPair(interleaved, weights[0], weights[1], mono);
        }
        else if (weights[only] == 1 && weights.Count(w => w != 0) == 1)
        {
            for (int i = 0, at = only; i < mono.Length; i++, at += weights.Length)
            {
                mono[i] = interleaved[at];
            }
        }
        else
        {
            for (int i = 0, at = 0; i < mono.Length; i++)
            {
                float sum = 0;
                foreach (float w in weights)
                {
                    sum += w * interleaved[at++];
                }

                mono[i] = sum;
            }
        }
    }

    private static void ApplyPair(ReadOnlySpan<float> interleaved, float left, float right, Span<float> mono)
    {
        interleaved = interleaved[..(2 * mono.Length)];
        int i = 0;
        for (; i <= mono.Length - 8; i += 8)
        {
            (Vector256<float> even, Vector256<float> odd) = LanePermutations.Deinterleave(
                Vector256.Create(interleaved.Slice(2 * i, 8)),
                Vector256.Create(interleaved.Slice(2 * i + 8, 8)));
            (left * even + right * odd).CopyTo(mono[i..]);
        }

        for (; i < mono.Length; i++)
        {
            mono[i] = left * interleaved[2 * i] + right * interleaved[2 * i + 1];
        }
    }
}
