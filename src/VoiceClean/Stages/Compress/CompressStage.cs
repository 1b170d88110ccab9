using System.Buffers;
using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.Compress;

/// <summary>
/// Turns loud passages down: a feed-forward compressor in the logarithmic domain with a quadratic soft knee and a
/// smooth decoupled peak detector. Source: D. Giannoulis, M. Massberg, J. D. Reiss, "Digital Dynamic Range Compressor
/// Design", JAES 60(6), 2012, equations (4) and (17).
/// </summary>
/// <remarks>
/// The side chain is high-passed at 80 Hz, so that breath and plosives do not pump; it looks 2 ms ahead; the gain moves
/// by at most 2 dB per millisecond; there is no make-up gain, since the loudness stage follows. Below the knee every
/// sample passes bit-exactly. Sets <see cref="CompressionFigures"/>.
/// </remarks>
internal sealed class CompressStage(CompressOptions options) : IStage
{
    private const double SideChainHz = 80, MaxSlewDbPerSecond = 2000;
    private const int LookAheadCells = 8, BlockCells = 512;

    // A reduction below this ends the release.
    private const double NegligibleDb = 1e-3;

    /// <inheritdoc/>
    public string Name => "compress";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        double threshold =
            options.ThresholdDb
            ?? options.AboveLoudnessDb
                + LoudnessMeasurement.MeasureAtAnyLevel(clip.Samples, clip.SampleRate, cancellation);
        if (double.IsNaN(threshold))
        {
            clip.Findings.Set(new CompressionFigures(double.NaN, 0, 0, 0));
            return;
        }

        var cells = new GainCells(clip.SampleRate);
        using SampleStore store = SampleStore.OfLength(cells.Count(clip.Samples.Length));
        Span<float> reductions = store.Span;
        MeasurePeaks(clip.Samples, clip.SampleRate, cells.Length, reductions, cancellation);
        clip.Findings.Set(
            ComputeReductions(reductions, threshold, (double)cells.Length / clip.SampleRate, cancellation));

        // Looking ahead is moving the gain forward in time.
        reductions[Math.Min(LookAheadCells, reductions.Length)..].CopyTo(reductions);
        reductions[Math.Max(0, reductions.Length - LookAheadCells)..].Fill(reductions[^1]);
        cells.Apply(clip.Samples, 1, reductions, clip.Samples);
    }

    /// <summary>Highest magnitude of the side chain in each cell.</summary>
    private static void MeasurePeaks(
        ReadOnlySpan<float> samples,
        int sampleRate,
        int cellLength,
        Span<float> peaks,
        CancellationToken cancellation)
    {
        var highPass = new Biquad(BiquadCoefficients.HighPass(SideChainHz, Math.Sqrt(0.5), sampleRate));
        int blockLength = BlockCells * cellLength;
        float[] block = ArrayPool<float>.Shared.Rent(blockLength);
        for (int start = 0, cell = 0; start < samples.Length; start += blockLength)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> filtered = block.AsSpan(0, Math.Min(blockLength, samples.Length - start));
            highPass.Process(samples.Slice(start, filtered.Length), filtered);
            for (int i = 0; i < filtered.Length; i += cellLength)
            {
                peaks[cell++] = TruePeak.SamplePeak(filtered[i..Math.Min(filtered.Length, i + cellLength)]);
            }
        }

        ArrayPool<float>.Shared.Return(block);
    }

    /// <summary>In place: from peaks to reductions (1 − gain).</summary>
    private CompressionFigures ComputeReductions(
        Span<float> cells,
        double thresholdDb,
        double cellSeconds,
        CancellationToken cancellation)
    {
        double attack = Math.Exp(-cellSeconds / options.Attack.TotalSeconds),
            release = Math.Exp(-cellSeconds / options.Release.TotalSeconds);
        double slew = MaxSlewDbPerSecond * cellSeconds;
        double quiet = Decibels.ToAmplitude(thresholdDb - options.KneeDb / 2);
        double held = 0, smooth = 0, max = 0, sum = 0;
        int active = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            if ((i & 0xFFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            double needed = cells[i] > quiet ? Reduction(Decibels.FromAmplitude(cells[i]) - thresholdDb) : 0;
            if (needed == 0 && smooth == 0 && held == 0)
            {
                cells[i] = 0;
                continue;
            }

            // Smooth decoupled detector: a peak holder that lets go with the release time, then a one-pole with the
            // attack time.
            held = Math.Max(needed, release * held + (1 - release) * needed);
            smooth += Math.Clamp((1 - attack) * (held - smooth), -slew, slew);
            if (needed == 0 && held < NegligibleDb && smooth < NegligibleDb)
            {
                held = smooth = 0;
            }

            cells[i] = (float)(1 - Decibels.ToAmplitude(-smooth));
            max = Math.Max(max, smooth);
            sum += smooth;
            active++;
        }

        return new CompressionFigures(
            thresholdDb,
            max,
            active == 0 ? 0 : sum / active,
            cells.Length == 0 ? 0 : (double)active / cells.Length);
    }

    /// <summary>Static curve: the reduction [dB] for a level this far above the threshold [dB].</summary>
    private double Reduction(double over)
    {
        double slope = 1 - 1 / options.Ratio, knee = options.KneeDb;
        double reduction = 2 * over <= -knee ? 0
            : 2 * over < knee ? slope * (over + knee / 2) * (over + knee / 2) / (2 * knee)
            : slope * over;
        return Math.Min(reduction, options.MaxReductionDb);
    }
}
