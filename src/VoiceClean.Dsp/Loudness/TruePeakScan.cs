using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// Walks over a recording and interpolates only what may exceed what was found before: first whole stretches are ruled
/// out by their loudest sample, then blocks by <see cref="PeakBounds"/>, then groups of four rows.
/// </summary>
internal static class TruePeakScan
{
    private const int BlockLength = 32, GroupLength = TruePeakRows.GroupLength, GroupCount = BlockLength / GroupLength;

    // Blocks that are looked at only if the loudest sample around them gives reason to.
    private const int StretchBlocks = 8, StretchLength = StretchBlocks * BlockLength;

    // Samples in front of and behind a block that its rows, and the row before it, look at.
    private const int Lead = GroupLength + TruePeakFilter.Before,
        WindowLength = Lead + BlockLength + TruePeakFilter.After;

    /// <summary>Gives the sink the peak of each row that may exceed its threshold.</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="stretchPeaks">From <see cref="MeasureStretches"/>.</param>
    /// <param name="sink">Takes the peaks; its threshold may rise on the way.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    public static void Run<TSink>(
        ReadOnlySpan<float> samples,
        ReadOnlySpan<float> stretchPeaks,
        ref TSink sink,
        CancellationToken cancellation)
        where TSink : struct, IPeakSink, allows ref struct
    {
        // No second difference exceeds four times the highest sample around, so that alone rules out all but the loud
        // stretches.
        const float MaximumPerSample = 4;
        float reach = 1 + MaximumPerSample * TruePeakFilter.DifferenceGain + TruePeakFilter.RestGain;
        // the block behind the end hears it ring out
        int blocks = (samples.Length + BlockLength - 1) / BlockLength + 1;
        float before = 0, here = 0;
        for (int block = -StretchBlocks; block < blocks; block += StretchBlocks)
        {
            int next = (block / StretchBlocks) + 1;
            float after = next < stretchPeaks.Length ? stretchPeaks[next] : 0;
            if (
                Math.Max(here, Math.Max(before, after)) * reach > sink.Threshold
                && MayExceed(samples, block, sink.Threshold))
            {
                ScanBlocks(samples, Math.Max(block, -1), Math.Min(block + StretchBlocks, blocks), ref sink);
            }

            (before, here) = (here, after);
            if ((block & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Whether the bound that a stretch and a block on either side allow exceeds the threshold.</summary>
    private static bool MayExceed(ReadOnlySpan<float> samples, int block, float threshold)
    {
        Span<float> padded = stackalloc float[(StretchBlocks + 2) * BlockLength + 2];
        var bounds = PeakBounds.Of(Window(samples, (block - 1) * BlockLength - 1, padded.Length, padded));
        return bounds.Peak + bounds.Margin > threshold;
    }

    /// <summary>Stretches of 256 samples in a recording, a last incomplete one included.</summary>
    public static int CountStretches(int length) => (int)(((long)length + StretchLength - 1) / StretchLength);

    /// <summary>The highest |sample| of each stretch.</summary>
    public static void MeasureStretches(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        for (int i = 0; i < peaks.Length; i++)
        {
            int start = i * StretchLength;
            peaks[i] = TruePeak.SamplePeak(samples[start..Math.Min(samples.Length, start + StretchLength)]);
        }
    }

    private static void ScanBlocks<TSink>(ReadOnlySpan<float> samples, int from, int to, ref TSink sink)
        where TSink : struct, IPeakSink, allows ref struct
    {
        Span<float> padded = stackalloc float[WindowLength];
        Span<float> grid = stackalloc float[(GroupCount + 1) * GroupLength * TruePeakFilter.Phases + 1];
        PeakBounds before = Bounds(samples, from - 1, padded), here = Bounds(samples, from, padded);
        for (int block = from; block < to; block++)
        {
            PeakBounds after = Bounds(samples, block + 1, padded);
            float margin = here.Or(before).Or(after).Margin;
            if (here.Peak + margin > sink.Threshold)
            {
                ScanBlock(
                    Window(samples, block * BlockLength - Lead, WindowLength, padded),
                    block * BlockLength,
                    margin,
                    grid,
                    ref sink);
            }

            (before, here) = (here, after);
        }
    }

    private static void ScanBlock<TSink>(
        scoped ReadOnlySpan<float> window,
        int start,
        float margin,
        scoped Span<float> grid,
        ref TSink sink)
        where TSink : struct, IPeakSink, allows ref struct
    {
        // grid: row start − 4 first; group g of the block stands at g + 1.
        int known = -1;
        grid[^1] = window[Lead + BlockLength];
        for (int g = 0; g < GroupCount; g++)
        {
            ReadOnlySpan<float> own = window.Slice(Lead + g * GroupLength, GroupLength + 1);
            float peak = Math.Max(
                Math.Max(Math.Abs(own[0]), Math.Abs(own[1])),
                Math.Max(Math.Max(Math.Abs(own[2]), Math.Abs(own[3])), Math.Abs(own[4])));
            if (!(peak + margin > sink.Threshold))
            {
                continue;
            }

            for (int r = Math.Max(known + 1, g); r <= g + 1; r++)
            {
                TruePeakRows.Interpolate(
                    window.Slice(r * GroupLength, GroupLength + TruePeakFilter.TapsPerPhase - 1),
                    grid.Slice(r * GroupLength * TruePeakFilter.Phases, GroupLength * TruePeakFilter.Phases));
            }

            known = g + 1;
            if (g < GroupCount - 1)
            {
                // the next row begins with its sample
                grid[(g + 2) * GroupLength * TruePeakFilter.Phases] = own[4];
            }

            for (int r = 0; r < GroupLength; r++)
            {
                float row = TruePeakRows.Peak(
                    grid.Slice(((g + 1) * GroupLength + r) * TruePeakFilter.Phases - 1, TruePeakFilter.Phases + 2));
                sink.Add(start + g * GroupLength + r, row);
            }
        }
    }

    private static PeakBounds Bounds(ReadOnlySpan<float> samples, int block, Span<float> padded)
        => PeakBounds.Of(Window(samples, block * BlockLength - 1, BlockLength + 2, padded));

    /// <summary>A stretch of the samples, with zeros where it leaves them.</summary>
    private static ReadOnlySpan<float> Window(ReadOnlySpan<float> samples, int start, int length, Span<float> padded)
    {
        if (start >= 0 && start <= samples.Length - length)
        {
            return samples.Slice(start, length);
        }

        padded = padded[..length];
        PaddedStretch.Copy(samples, start, padded);
        return padded;
    }
}
