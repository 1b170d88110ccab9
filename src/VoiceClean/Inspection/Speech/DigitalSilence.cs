using System.Runtime.Intrinsics;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// The stretches of a recording that hold exact or near silence, as encoders, editors, noise gates and telephones put
/// them there. They are neither background nor speech: whoever measures or decides leaves them out.
/// </summary>
/// <remarks>
/// Levels are those of 2 ms of x[n] - 2·x[n-d] + x[n-2d], d = 0.5 ms, which hears little of rumble and hum and whose
/// memory is short. Exact silence lies below -100 dBFS, in a quiet recording 60 dB below what a twentieth of it
/// exceeds. Near silence must be told from a quiet background: it lies 50 dB and more below what a twentieth of the
/// recording exceeds, and hardly anything lies within the 10 dB around that limit, while a recording that fades into
/// its own background passes there. Where near silence lies in many pauses, it is the background of the recording.
/// (Pieces that were put into a recording are few.)
/// </remarks>
internal sealed class DigitalSilence
{
    private const double BlockSeconds = 0.002, DelaySeconds = 0.0005, LeastSeconds = 0.008;
    private const double ExactDb = PowerCells.ExactDb, LowestDb = PowerCells.LowestDb, CellDb = PowerCells.CellDb;
    private const double UnderSpeechDb = 45, ExactUnderSpeechDb = 60;
    private const double LoudShare = 0.05, ValleyDb = 10, ValleyShare = 0.1;
    private const float MostOffset = 0.1f;       // of a silence from the mean of the recording, of its peak
    private const int Cells = PowerCells.Count, MostPieces = 2;
    private const double IslandSeconds = 0.3;

    private readonly List<SampleRange> _stretches;

    private DigitalSilence(int length, List<SampleRange> stretches)
    {
        (Length, _stretches) = (length, stretches);
        SoundLength = length - stretches.Sum(s => s.Length);
        IsInPauses = stretches.Count(s => s.Start > 0 && s.End < length) > MostPieces;
    }

    /// <summary>Length of the recording [sample].</summary>
    public int Length { get; }

    /// <summary>How much of it is not silent [sample].</summary>
    public int SoundLength { get; }

    /// <summary>
    /// Whether more stretches have sound on both sides than anybody would put in: then the pauses are silent.
    /// </summary>
    public bool IsInPauses { get; }

    /// <summary>
    /// Whether a sound shorter than a word stands between two silences, as a key stroke does where nothing else is to
    /// be heard: then the silence is what the sounds stand on, and was not put between them.
    /// </summary>
    /// <param name="sampleRate">[Hz]</param>
    public bool HasIslands(int sampleRate)
    {
        for (int i = 1; i < _stretches.Count; i++)
        {
            if (_stretches[i].Start - _stretches[i - 1].End < IslandSeconds * sampleRate)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>From the first sound to the last; the whole recording where nothing sounds [sample].</summary>
    public Range Sound => SoundLength == 0
        ? ..
        : new Range(
            _stretches is [{ Start: 0 } first, ..] ? first.End : 0,
            _stretches is [.., var last] && last.End == Length ? last.Start : Length);

    /// <summary>The silent stretches, ascending and apart [sample].</summary>
    public IReadOnlyList<SampleRange> Stretches => _stretches;

    /// <summary>
    /// The silence of a clip as it was when it was first asked for: filters ring into silence, and hum that is
    /// subtracted remains there.
    /// </summary>
    public static DigitalSilence Of(AudioClip clip)
    {
        DigitalSilence? known = clip.Findings.TryGet<DigitalSilence>();
        if (known is null || known.Length != clip.ReadOnlySamples.Length)
        {
            known = Find(clip.ReadOnlySamples, clip.SampleRate, clip.Statistics);
            clip.Findings.Set(known);
        }

        return known;
    }

    /// <summary>Looks for silence.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="known">Statistics of the samples; null = measured here.</param>
    public static DigitalSilence Find(ReadOnlySpan<float> samples, int sampleRate, SampleStatistics? known = null)
    {
        SampleStatistics whole = known ?? SampleStatistics.Measure(samples);
        int delay = Math.Max(1, (int)(DelaySeconds * sampleRate)),
            block = Math.Max(8, (int)(BlockSeconds * sampleRate) & ~7),
            length = samples.Length,
            blocks = length / block;
        float[] powers = new float[blocks];
        float middle = (float)whole.Mean, most = MostOffset * (float)whole.PeakAroundMean;
        for (int b = 0; b < blocks; b++)
        {
            powers[b] = Power(samples, b * block, block, delay);
            float off = samples[b * block] - middle;        // flat tops of clipping are no silence
            powers[b] = Math.Abs(off) > most ? Math.Max(powers[b], off * off) : powers[b];
        }

        int least = Math.Max(1, (int)(LeastSeconds * sampleRate) / block);
        (double exact, double limit) = LimitsDb(powers);
        DigitalSilence near = Below(limit);
        DigitalSilence found = limit == exact || !near.IsInPauses ? near : Below(exact);
        for (int i = 0; i < found._stretches.Count; i++)
        {
            found._stretches[i] = Whole(samples, found._stretches[i], block + (2 * delay));
        }

        return new DigitalSilence(length, found._stretches);

        DigitalSilence Below(double limitDb) =>
            new(length, Runs(powers, (float)Decibels.ToPower(limitDb), block, least, length));
    }

    // To the sample: what lies around it, at most so far, and differs no more than it does itself belongs to it.
    private static SampleRange Whole(ReadOnlySpan<float> samples, SampleRange found, int most)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float sample in samples[found.Start..found.End])
        {
            (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
        }

        int start = found.Start, end = found.End;
        while (start > Math.Max(0, found.Start - most) && samples[start - 1] >= low && samples[start - 1] <= high)
        {
            start--;
        }

        while (end < Math.Min(samples.Length, found.End + most) && samples[end] >= low && samples[end] <= high)
        {
            end++;
        }

        return new SampleRange(start, end);
    }

    /// <summary>Whether a stretch of samples touches silence or reaches beyond the recording.</summary>
    public bool Touches(long start, long end)
    {
        if (start < 0 || end > Length)
        {
            return true;
        }

        int low = 0, high = _stretches.Count;       // the first stretch that ends behind the start
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _stretches[middle].End <= start ? (middle + 1, high) : (low, middle);
        }

        return low < _stretches.Count && _stretches[low].Start < end;
    }

    private static List<SampleRange> Runs(float[] powers, float limit, int block, int least, int length)
    {
        var stretches = new List<SampleRange>();
        int blocks = powers.Length;
        for (int b = 0; b < blocks; b++)
        {
            int first = b;
            while (b < blocks && powers[b] < limit)
            {
                b++;
            }

            if (b - first >= least || (b > first && (first == 0 || b == blocks)))
            {
                stretches.Add(new SampleRange(first * block, b == blocks ? length : b * block));
            }
        }

        return stretches;
    }

    // Below it a block is exactly, and nearly silent.
    private static (double Exact, double Near) LimitsDb(ReadOnlySpan<float> powers)
    {
        Span<int> histogram = stackalloc int[Cells];
        histogram.Clear();
        foreach (float power in powers)
        {
            histogram[PowerCells.Of(power)]++;
        }

        int loud = PowerCells.Exceeded(histogram, LoudShare);
        // A quiet recording has a quiet background.
        double exactDb = Math.Clamp(LowestDb + (loud * CellDb) - ExactUnderSpeechDb, LowestDb + CellDb, ExactDb);
        int valley = (int)(ValleyDb / CellDb), exact = (int)((exactDb - LowestDb) / CellDb), below = 0;
        for (int cell = 0; cell < exact; cell++)
        {
            below += histogram[cell];
        }

        double limit = exactDb;
        for (int cell = exact; cell + valley <= loud - (int)(UnderSpeechDb / CellDb); cell++)
        {
            int within = 0;
            foreach (int count in histogram.Slice(cell, valley))
            {
                within += count;
            }

            if (below > 0 && within <= ValleyShare * below)
            {
                limit = LowestDb + (cell * CellDb) + (ValleyDb / 2);
            }

            below += histogram[cell];
        }

        return (exactDb, limit);
    }

    private static float Power(ReadOnlySpan<float> samples, int start, int count, int delay)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        if (start < 2 * delay)
        {
            start = Math.Min(2 * delay, samples.Length - count);
            delay = Math.Min(delay, start / 2);
        }

        for (int n = start; n < start + count; n += 8)
        {
            Vector256<float> x = Vector256.Create(samples.Slice(n, 8)),
                before = Vector256.Create(samples.Slice(n - delay, 8)),
                first = Vector256.Create(samples.Slice(n - (2 * delay), 8)),
                change = x - before - (before - first);
            sum += change * change;
        }

        return Vector256.Sum(sum) / count;
    }
}
