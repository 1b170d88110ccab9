using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Looks for noise that lies far above or below its profile for seconds: a fan that runs for half of the recording,
/// two takes in one file, a train that comes near. Minimum statistics in bands (Martin, IEEE TSAP 9(5), 2001) over
/// windows of some seconds. A rise is only believed in windows whose quiet moments lie on one level or slope in most of
/// the bands that rise, as those of noise do: the valleys of reverberant speech do not, and a note that is held has no
/// moment without voice. A fall needs no proof: there is no more noise than there is sound.
/// </summary>
internal sealed class StepFinder
{
    private readonly SpeechFraming _framing;
    private readonly int[] _edges;
    private readonly int _bands, _all;      // bands; blocks of the clip
    private readonly StepMinima _minima;

    /// <summary>Reads the minima.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="edges">First bins of the bands, and one past the last.</param>
    /// <param name="ratios">Power of the bands over that of the profile [cells x bands].</param>
    /// <param name="isSilent">Cells that say nothing.</param>
    public StepFinder(SpeechFraming framing, int[] edges, ReadOnlySpan<float> ratios, bool[] isSilent)
    {
        (_framing, _edges, _bands) = (framing, edges, edges.Length - 1);
        _all = (isSilent.Length + GateConstants.StepBlockCells - 1) / GateConstants.StepBlockCells;
        _minima = new StepMinima(ratios, _bands, isSilent);
    }

    /// <summary>Where the noise is not at its profile; null if it is everywhere.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="profile">λ0 [Stride].</param>
    /// <param name="isProven">Whether the profile is known to be noise; what is not is followed down anyway.</param>
    /// <param name="isNamed">Whether the user named it: then it rises as a whole, and what comes in a few bands is
    /// another noise.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public NoiseSteps? Find(
        AudioClip clip,
        ReadOnlySpan<float> profile,
        bool isProven,
        bool isNamed,
        CancellationToken cancellation)
    {
        List<(int From, int To)> rises = isNamed
            ? _minima.Rises(GateConstants.StepDb, GateConstants.StepShare)
            : _minima.Rises(GateConstants.StepRiseDb, GateConstants.StepRisenShare);
        bool falls = isProven && _minima.Falls();
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
        float[] levels = Levels(0, _minima.Count, double.PositiveInfinity, null);
        float most = (float)Decibels.ToPower(-GateConstants.StepFallDb);
        bool isAny = false;
        for (int j = 0; j < _minima.Count; j++)
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
                row.CopyTo(factors.AsSpan(_minima.Block(j) * _bands));
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
            factors[(_minima.Block(from + (i / _bands)) * _bands) + (i % _bands)] = Math.Max(1, risen[i]);
        }

        return isAny;

        bool IsVoiced(int first) => voicing.Share(
            new SampleRange(
                _minima.Block(first) * block,
                (_minima.Block(first + GateConstants.StepWindowBlocks - 1) + 1) * block),
            sampleRate) >= GateConstants.StepVoicedShare;
    }

    // The level of the minima in a stretch; 0 where no window shows noise [blocks of the stretch x bands].
    private float[] Levels(int from, int to, double mostSpread, Func<int, bool>? isVoiced)
    {
        const int window = GateConstants.StepWindowBlocks;
        float[] levels = new float[(to - from) * _bands], level = new float[_bands];
        for (int first = from; first + window <= to; first++)
        {
            bool isNoise = Spread(first, isVoiced is null ? 1 : _minima.Growth(first), level) < mostSpread
                && isVoiced?.Invoke(first) != true;
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

    // The level of the minima in a window; returns how far those of the bands that have risen spread, a power factor,
    // as if nothing grew in it. The others lie on their floor, whatever is said above it.
    private float Spread(int first, double growth, float[] level)
    {
        const int window = GateConstants.StepWindowBlocks;
        float least = (float)Decibels.ToPower(GateConstants.StepRisenDb);
        Span<float> column = stackalloc float[window], spread = stackalloc float[_bands];
        int risen = 0;
        for (int b = 0; b < _bands; b++)
        {
            _minima.Sorted(first, b, 1, column);
            level[b] = column[window / 10] * (float)Decibels.ToPower(GateConstants.StepMinimumDb);
            if (level[b] < least)
            {
                continue;
            }

            if (growth != 1)
            {
                _minima.Sorted(first, b, growth, column);
            }

            spread[risen++] = (column[3 * window / 10] + 1e-20f) / (column[window / 10] + 1e-20f);
        }

        return risen == 0 ? float.MaxValue : OrderStatistics.Median(spread[..risen]);
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
