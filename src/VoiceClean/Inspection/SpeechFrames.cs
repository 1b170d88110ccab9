using VoiceClean.Dsp;

namespace VoiceClean.Inspection;

/// <summary>Frames of four hops (20 ms), one per hop (5 ms): frame k covers the hops k … k+3. A clip of fewer than four hops has none.</summary>
internal sealed class SpeechFrames
{
    /// <summary>Hops per frame.</summary>
    public const int Hops = 4;

    private readonly ushort[] _crossings;

    /// <summary>Makes the frames from what <see cref="SpeechBand.Measure"/> wrote; the array of mean squares is reused for them.</summary>
    public SpeechFrames(float[] meanSquares, ushort[] crossings)
    {
        HopCount = meanSquares.Length;
        Count = Math.Max(0, HopCount - Hops + 1);
        for (int k = 0; k < Count; k++)
        {
            meanSquares[k] = (meanSquares[k] + meanSquares[k + 1] + meanSquares[k + 2] + meanSquares[k + 3]) / Hops;
        }

        Powers = meanSquares.AsMemory(0, Count);
        _crossings = crossings;
    }

    /// <summary>Number of frames.</summary>
    public int Count { get; }

    /// <summary>Number of hops.</summary>
    public int HopCount { get; }

    /// <summary>Mean square of each frame.</summary>
    public ReadOnlyMemory<float> Powers { get; }

    /// <summary>Zero crossings per second in a frame.</summary>
    public int CrossingRate(int frame)
        => (_crossings[frame] + _crossings[frame + 1] + _crossings[frame + 2] + _crossings[frame + 3]) * (SpeechBand.HopsPerSecond / Hops);
}

/// <summary>A half-open stretch of hops.</summary>
internal readonly record struct HopRange(int Start, int End)
{
    public int Length => End - Start;
}
