using VoiceClean.Dsp.Speech;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// Frames of four hops (20 ms), one per hop (5 ms): frame k covers the hops k … k+3. A clip of fewer than four hops has
/// none.
/// </summary>
internal sealed class SpeechFrames
{
    /// <summary>Hops per frame.</summary>
    public const int Hops = 4;

    private readonly ushort[] _crossings;
    private readonly bool[] _isSilent;

    /// <summary>Makes the frames.</summary>
    public SpeechFrames(SpeechBandTrack track)
    {
        float[] hops = track.MeanSquares;
        HopCount = hops.Length;
        Count = Math.Max(0, HopCount - Hops + 1);
        float[] powers = new float[Count];
        for (int k = 0; k < powers.Length; k++)
        {
            powers[k] = (hops[k] + hops[k + 1] + hops[k + 2] + hops[k + 3]) / Hops;
        }

        Powers = powers;
        _isSilent = track.IsSilent;
        _crossings = track.Crossings;
    }

    /// <summary>Number of frames.</summary>
    public int Count { get; }

    /// <summary>Number of hops.</summary>
    public int HopCount { get; }

    /// <summary>Mean square of each frame.</summary>
    public ReadOnlyMemory<float> Powers { get; }

    /// <summary>Whether a frame touches digital silence: then it says nothing about the background.</summary>
    public bool IsSilent(int frame) =>
        _isSilent[frame] || _isSilent[frame + 1] || _isSilent[frame + 2] || _isSilent[frame + 3];

    /// <summary>Zero crossings per second in a frame.</summary>
    public int CrossingRate(int frame) =>
        (_crossings[frame] + _crossings[frame + 1] + _crossings[frame + 2] + _crossings[frame + 3])
        * (SpeechBand.HopsPerSecond / Hops);
}

/// <summary>A half-open stretch of hops.</summary>
internal readonly record struct HopRange(int Start, int End)
{
    public int Length => End - Start;
}
