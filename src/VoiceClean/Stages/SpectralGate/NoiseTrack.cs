using System.Runtime.Intrinsics;
using VoiceClean.Audio;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// The noise power over time, on a grid of four frames (32 ms): a lift that all bands share, and per bin the
/// soft-decision recursion of <see cref="NoiseFollower"/>, run once from each end of the clip. Their geometric mean
/// follows a change of the noise without the delay of either.
/// </summary>
/// <remarks>
/// The constructor learns what decides how much there is to do. <see cref="Follow(ReadOnlySpan{int}, int,
/// CancellationToken)"/> runs through the whole clip and keeps one row per cell of the backward run in a store that
/// becomes a temporary file for long clips; the forward run happens on demand, row after row (<see
/// cref="ForwardNoise"/>).
/// </remarks>
internal sealed unsafe class NoiseTrack : IDisposable
{
    /// <summary>Frames per cell.</summary>
    public const int Step = FrameScan.CellFrames;

    // Work is divided into so many ranges of bins at most: each goes through all rows anew.
    private const int RunPieces = 4;

    private readonly SpeechFraming _framing;
    private readonly NoiseFollower _follower;
    private readonly float[] _profile;      // λ0 per bin, floored [Stride]
    private readonly FrameScan _scan;
    private readonly RowStore _backward;    // power of the cells, then λ of the backward run [cells x Stride]
    private ForwardStarts? _starts;

    /// <param name="framing">The frames.</param>
    /// <param name="profile">Where both runs begin.</param>
    /// <param name="clip">The clip; in its silence the noise stays as it is.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public NoiseTrack(
        SpeechFraming framing,
        NoiseProfile profile,
        AudioClip clip,
        int threads,
        CancellationToken cancellation)
    {
        _framing = framing;
        int stride = framing.Stride;
        _profile = NoiseCells.Floored(profile.Power.Span, stride);
        LeastShare = profile.IsVerified ? 1 : GateConstants.UnprovenShare;
        BiasDb = Math.Clamp(
            GateConstants.BiasPerScatter * (profile.ScatterDb - GateConstants.CalmScatterDb),
            0,
            GateConstants.MaximumBiasDb);
        Raised = new float[stride];
        Array.Fill(Raised, (float)Decibels.ToPower(BiasDb));
        double seconds = Step * framing.HopSeconds;
        _scan = FrameScan.Take(framing, clip, threads, cancellation);
        (_backward, Levels) = (_scan.Cells, _scan.CellLevels);
        CellCount = Levels.Length;
        Lift = new float[CellCount];
        IsSilent = NoiseCells.Silent(framing, DigitalSilence.Of(clip), CellCount);
        Active = new ActiveCells(framing, _profile, Levels, IsSilent);
        (Steps, Strokes) = ReadBands(clip, profile, cancellation);
        float steadiness = SteadyNoise.Steadiness(profile, Lift, IsSilent);
        _follower = new NoiseFollower(framing, seconds, steadiness);
        StrongFrameDepth = SteadyNoise.StrongFrameDepth(steadiness, Active.OverNoiseDb(Steps));
        RumbleBias.Raise(framing, this, _backward);
    }

    /// <summary>Number of cells.</summary>
    public int CellCount { get; }

    /// <summary>Where the noise is far from its profile for seconds; null if nowhere. Everything else is told of the
    /// clip as if it were not.</summary>
    public NoiseSteps? Steps { get; }

    /// <summary>A noise that comes and goes; null without one.</summary>
    public StrokeNoise? Strokes { get; }

    /// <summary>How far the noise power is raised because the noise is restless [dB].</summary>
    public double BiasDb { get; }

    /// <summary>λ0 with its floor [Stride].</summary>
    public ReadOnlySpan<float> Profile => _profile;

    /// <summary>The cells that stand out of the noise.</summary>
    public ActiveCells Active { get; }

    /// <summary>Mean square per cell, 125 Hz to 12.5 kHz, steps of the noise divided out.</summary>
    public float[] Levels { get; }

    /// <summary>
    /// Whether a cell touches silence or reaches beyond the clip: it says nothing about the noise [CellCount].
    /// </summary>
    public bool[] IsSilent { get; }

    /// <summary>Rise of the noise per cell, a power factor from 1 [CellCount].</summary>
    public float[] Lift { get; }

    /// <summary>Factor on the noise power per bin [Stride].</summary>
    public float[] Raised { get; }

    /// <summary>Share of λ0 that the noise has at least, 0 to 1.</summary>
    public float LeastShare { get; }

    /// <summary>Depth of the gain in strong frames, 0 (√W) over 1 (W) to 2 (W²).</summary>
    public float StrongFrameDepth { get; }

    /// <summary>λ of the backward run in the cells, without the lift [Stride]; the caller disposes of it.</summary>
    public RowStore.Cursor OpenBackward() => _backward.Open();

    /// <summary>Follows the noise through the clip; once, before anything is asked about its course.</summary>
    /// <param name="startCells">Cells from which forward runs will be asked for, ascending; the first is 0.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public void Follow(ReadOnlySpan<int> startCells, int threads, CancellationToken cancellation)
    {
        int groups = _framing.Stride / 8;
        _starts = new ForwardStarts(startCells, _profile);
        if (threads > 1)
        {
            _starts.FindAll(this, cancellation);
        }

        int pieces = Math.Clamp(threads, 1, RunPieces);
        ForkJoin.For(
            threads,
            pieces,
            piece => RunBackward(piece * groups / pieces * 8, (piece + 1) * groups / pieces * 8, cancellation),
            cancellation);
    }

    /// <summary>
    /// A forward run from one of the cells that <see cref="Follow(ReadOnlySpan{int}, int, CancellationToken)"/> was
    /// told. With more than one thread several may go on at the same time, with one they begin in their order.
    /// </summary>
    public ForwardNoise From(int cell)
    {
        (float[] noise, float[] presence) = _starts!.Of(cell);
        return new ForwardNoise(this, _starts, cell, noise, presence);
    }

    /// <summary>One step of either run; silence is no noise.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="power">Its power.</param>
    /// <param name="noise">λ; updated.</param>
    /// <param name="presence">Mean presence; updated.</param>
    /// <param name="from">The first bin; all rows begin with it.</param>
    /// <param name="count">Bins, whole groups of eight.</param>
    public void Follow(int cell, float* power, float* noise, float* presence, int from, int count)
    {
        if (!IsSilent[cell])
        {
            _follower.Follow(power, 1 / Lift[cell], noise, presence, from, count);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scan.Dispose();

    // The bands of all cells: steps, how far they have risen else, and strokes.
    private (NoiseSteps?, StrokeNoise?) ReadBands(
        AudioClip clip,
        NoiseProfile profile,
        CancellationToken cancellation)
    {
        NoiseLift bands = new(_framing, _profile);
        using var ratios = SampleStore.OfLength(checked(CellCount * bands.BandCount));
        Measure(bands, ratios, null);
        // what the user names stays as loud as it is named unless it holds still: a burst is not there all the time
        NoiseSteps? steps = new StepFinder(_framing, bands.Edges, ratios.Span, IsSilent).Find(
            clip,
            _profile,
            profile.IsVerified && (!profile.IsNamed || profile.ScatterDb <= HeadProof.MaxScatterDb),
            profile.IsNamed,
            cancellation);
        if (steps is not null)
        {
            bands = new NoiseLift(_framing, _profile);
            Measure(bands, ratios, steps);
        }

        bands.Finish(
            Lift,
            IsSilent,
            Step * _framing.HopSeconds,
            profile.IsVerified || (!profile.IsScarce && profile.ScatterDb <= GateConstants.SteadyScatterDb));
        var cells = new StrokeCells(_framing, ratios, bands.BandCount, _backward, IsSilent);
        return (steps, StrokeFinder.Find(_framing, cells, Levels, _profile, Active.Level(), clip, cancellation));
    }

    private void Measure(NoiseLift bands, SampleStore ratios, NoiseSteps? steps)
    {
        using RowStore.Cursor rows = _backward.Open();
        for (int cell = 0; cell < CellCount; cell++)
        {
            Span<float> row = rows.Row(cell);
            steps?.Divide(cell, row);
            Levels[cell] /= steps?.LevelOf(cell) ?? 1;
            Lift[cell] = bands.Measure(row);
            bands.Latest.CopyTo(ratios.Span[(cell * bands.BandCount)..]);
        }
    }

    // Bins do not hear each other, so each thread can run over its own.
    private void RunBackward(int fromBin, int toBin, CancellationToken cancellation)
    {
        int count = toBin - fromBin;
        float[] state = _profile[fromBin..toBin], presence = new float[count];
        Array.Fill(presence, 0.5f);
        using RowStore.Cursor rows = _backward.Open();
        fixed (float* s = state, q = presence)
        {
            for (int cell = CellCount - 1; cell >= 0; cell--)
            {
                if (cell % 64 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                Span<float> row = rows.Row(cell).Slice(fromBin, count);
                fixed (float* r = row)
                {
                    Follow(cell, r, s, q, fromBin, count);
                }

                state.CopyTo(row);
            }
        }
    }
}
