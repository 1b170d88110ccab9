using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Looks for noise that lies far above or below its profile for seconds: a fan that runs for half of the recording,
/// two takes in one file. Minimum statistics in bands (Martin, IEEE TSAP 9(5), 2001) over windows of some seconds. A
/// rise is only believed in windows whose quiet moments lie on one level in most of the bands, as those of noise do:
/// the valleys of reverberant speech do not, and a note that is held has no moment without voice. A fall needs no
/// proof: there is no more noise than there is sound.
/// </summary>
internal sealed class StepFinder
{
    private readonly SpeechFraming _framing;
    private readonly int[] _edges;
    private readonly int _bands, _all;      // bands; blocks of the clip
    private readonly int[] _blocks;         // those that sound
    private readonly float[] _lows;         // the least of each band in them [sounding blocks x bands]

    /// <summary>Reads the minima.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="edges">First bins of the bands, and one past the last.</param>
    /// <param name="ratios">Power of the bands over that of the profile [cells x bands].</param>
    /// <param name="isSilent">Cells that say nothing.</param>
    public StepFinder(SpeechFraming framing, int[] edges, ReadOnlySpan<float> ratios, bool[] isSilent)
    {
        (_framing, _edges, _bands) = (framing, edges, edges.Length - 1);
        _all = (isSilent.Length + GateConstants.StepBlockCells - 1) / GateConstants.StepBlockCells;
        _lows = Lows(ratios, _bands, isSilent, out _blocks);
    }

    /// <summary>Where the noise is not at its profile; null if it is everywhere.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="profile">λ0 [Stride].</param>
    /// <param name="isProven">Whether the profile is known to be noise; what is not is followed down anyway.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public NoiseSteps? Find(
        AudioClip clip,
        ReadOnlySpan<float> profile,
        bool isProven,
        CancellationToken cancellation)
    {
        List<(int From, int To)> rises = Runs(GateConstants.StepDb, isBelow: false);
        bool falls = isProven && Runs(-GateConstants.StepDb, isBelow: true).Count > 0;
        if (rises.Count == 0 && !falls)
        {
            return null;
        }

        float[] factors = new float[_all * _bands];
        Array.Fill(factors, 1);
        bool isAny = falls && Fall(factors);
        foreach ((int from, int to) in rises)
        {
            cancellation.ThrowIfCancellationRequested();
            isAny |= Rise(factors, from, to, Voicing.Of(clip, cancellation), clip.SampleRate);
        }

        return isAny ? new NoiseSteps(_framing, _edges, factors, profile) : null;
    }

    private bool Fall(float[] factors)
    {
        float[] levels = Levels(0, _blocks.Length, double.PositiveInfinity, null);
        float most = (float)Decibels.ToPower(-GateConstants.StepFallDb);
        bool isAny = false;
        for (int j = 0; j < _blocks.Length; j++)
        {
            Span<float> row = levels.AsSpan(j * _bands, _bands);
            int fallen = 0;
            foreach (ref float level in row)
            {
                level = Math.Min(1, level);
                fallen += level < most ? 1 : 0;
            }

            if (2 * fallen > _bands)
            {
                row.CopyTo(factors.AsSpan(_blocks[j] * _bands));
                isAny = true;
            }
        }

        return isAny;
    }

    private bool Rise(float[] factors, int from, int to, Voicing voicing, int sampleRate)
    {
        int block = _framing.Stft.HopLength * NoiseTrack.Step * GateConstants.StepBlockCells;
        float[] risen = Levels(from, to, Decibels.ToPower(GateConstants.StepSpreadDb), IsVoiced);
        Fill(risen);
        bool isAny = risen[0] > 0;
        for (int i = 0; i < risen.Length && isAny; i++)
        {
            factors[(_blocks[from + (i / _bands)] * _bands) + (i % _bands)] = Math.Max(1, risen[i]);
        }

        return isAny;

        bool IsVoiced(int first) => voicing.Share(
            new SampleRange(
                _blocks[first] * block,
                (_blocks[first + GateConstants.StepWindowBlocks - 1] + 1) * block),
            sampleRate) >= GateConstants.StepVoicedShare;
    }

    // The least of each band in each block that sounds [sounding blocks x bands].
    private static float[] Lows(ReadOnlySpan<float> ratios, int bands, bool[] isSilent, out int[] blocks)
    {
        var lows = new List<float>();
        var sounding = new List<int>();
        float[] low = new float[bands];
        for (int block = 0; block * GateConstants.StepBlockCells < isSilent.Length; block++)
        {
            Array.Fill(low, float.PositiveInfinity);
            int end = Math.Min(isSilent.Length, (block + 1) * GateConstants.StepBlockCells);
            for (int cell = block * GateConstants.StepBlockCells; cell < end; cell++)
            {
                for (int b = 0; b < bands && !isSilent[cell]; b++)
                {
                    low[b] = Math.Min(low[b], ratios[(cell * bands) + b]);
                }
            }

            if (float.IsFinite(low[0]))
            {
                sounding.Add(block);
                lows.AddRange(low);
            }
        }

        blocks = [.. sounding];
        return [.. lows];
    }

    // Stretches, as long as a window or longer, in which half of the bands lie above a level all the time, or below it.
    private List<(int From, int To)> Runs(double levelDb, bool isBelow)
    {
        var runs = new List<(int From, int To)>();
        float level = (float)Decibels.ToPower(levelDb);
        int count = _blocks.Length, from = 0;
        for (int j = 0; j <= count; j++)
        {
            int beyond = 0;
            for (int b = 0; j < count && b < _bands; b++)
            {
                beyond += _lows[(j * _bands) + b] > level != isBelow ? 1 : 0;
            }

            if (2 * beyond <= _bands)
            {
                if (j - from >= GateConstants.StepWindowBlocks)
                {
                    runs.Add((from, j));
                }

                from = j + 1;
            }
        }

        return runs;
    }

    // The level of the minima in a stretch; 0 where no window shows noise [blocks of the stretch x bands].
    private float[] Levels(int from, int to, double mostSpread, Func<int, bool>? isVoiced)
    {
        const int window = GateConstants.StepWindowBlocks;
        float[] levels = new float[(to - from) * _bands], level = new float[_bands], spread = new float[_bands],
            column = new float[window];
        for (int first = from; first + window <= to; first++)
        {
            for (int b = 0; b < _bands; b++)
            {
                for (int i = 0; i < window; i++)
                {
                    column[i] = _lows[((first + i) * _bands) + b];
                }

                column.AsSpan().Sort();
                float low = column[window / 10];
                level[b] = low * (float)Decibels.ToPower(GateConstants.StepMinimumDb);
                spread[b] = (column[3 * window / 10] + 1e-20f) / (low + 1e-20f);
            }

            bool isNoise = OrderStatistics.Median(spread.AsSpan()) < mostSpread && isVoiced?.Invoke(first) != true;
            for (int i = 0; i < window && isNoise; i++)
            {
                Span<float> row = levels.AsSpan((first - from + i) * _bands, _bands);
                for (int b = 0; b < _bands; b++)
                {
                    row[b] = Math.Max(row[b], level[b]);
                }
            }
        }

        return levels;
    }

    // Where somebody speaks for longer than a window, the noise is that beside it.
    private void Fill(float[] risen)
    {
        int count = risen.Length / _bands, known = -1;
        for (int j = 0; j < count; j++)
        {
            if (risen[j * _bands] > 0)
            {
                for (int i = known + 1; i < j; i++)
                {
                    int nearest = known >= 0 && i - known < j - i ? known : j;
                    risen.AsSpan(nearest * _bands, _bands).CopyTo(risen.AsSpan(i * _bands));
                }

                known = j;
            }
        }

        for (int i = known + 1; i < count && known >= 0; i++)
        {
            risen.AsSpan(known * _bands, _bands).CopyTo(risen.AsSpan(i * _bands));
        }
    }
}
