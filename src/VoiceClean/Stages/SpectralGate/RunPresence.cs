using VoiceClean.Dsp.Filters;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>The presence of speech in the block of one run, per cell and per frame.</summary>
internal sealed unsafe class RunPresence
{
    private const int Regions = SpeechPresence.RegionCount;

    private readonly SpeechPresence _kernel;
    private readonly FrameActivity _frames;
    private readonly NearVoice? _voice;
    private readonly int _half, _reach, _blockFrames, _begin, _stride;
    private readonly GateCells _cells;
    private readonly int _sumAt;                    // first box sums [(block + reach + 2·half + 2) x Stride]
    private readonly int _meanAt, _presenceAt;      // [block x Stride]
    private readonly float[] _spareMean, _spare;    // of frames behind the block, which only give evidence
    private readonly float[] _evidence;             // [(2·reach + block) x Regions]
    private readonly float[] _activity;             // [block]

    /// <param name="framing">The frames.</param>
    /// <param name="profile">λ0 per bin.</param>
    /// <param name="voice">How far a voice is; null if that is unknown.</param>
    /// <param name="blockFrames">Frames per block.</param>
    /// <param name="begin">The first frame of the first block.</param>
    /// <param name="cells">Where the rows lie.</param>
    public RunPresence(
        SpeechFraming framing,
        ReadOnlySpan<float> profile,
        NearVoice? voice,
        int blockFrames,
        int begin,
        GateCells cells)
    {
        (_voice, _cells) = (voice, cells);
        _kernel = new SpeechPresence(framing, profile);
        _frames = new FrameActivity(framing);
        (_blockFrames, _begin, _stride) = (blockFrames, begin, framing.Stride);
        (_half, _reach) = (_kernel.BoxHalf, _frames.Reach);
        _sumAt = cells.Ask(checked((blockFrames + _reach + (2 * _half) + 2) * _stride));
        _meanAt = cells.Ask(blockFrames * _stride);
        _presenceAt = cells.Ask(blockFrames * _stride);
        _spareMean = new float[_stride];
        _spare = new float[_stride];
        _evidence = new float[((2 * _reach) + blockFrames) * Regions];
        _activity = new float[blockFrames];
    }

    /// <summary>Frames before a block that it looks at.</summary>
    public int Past => (2 * _half) + 1;

    /// <summary>Frames behind a block that it looks at.</summary>
    public int LookAhead => _reach + (2 * _half);

    /// <summary>Weight of the broad kernel per bin, 0 to 1 [Stride].</summary>
    public ReadOnlySpan<float> Broad => _kernel.Broad;

    /// <summary>Whether a frame belongs to speech, 0 to 1.</summary>
    /// <param name="row">Its number within the block.</param>
    public float Activity(int row) => _activity[row];

    /// <summary>Mean a-posteriori SNR of a frame [Stride].</summary>
    /// <param name="row">Its number within the block.</param>
    public ReadOnlySpan<float> Mean(int row) => _cells.All.AsSpan(_meanAt + (row * _stride), _stride);

    /// <summary>Probability of speech in a frame per bin, 0 to 1 [Stride].</summary>
    /// <param name="row">Its number within the block.</param>
    public ReadOnlySpan<float> Presence(int row) => _cells.All.AsSpan(_presenceAt + (row * _stride), _stride);

    /// <summary>Measures a block; blocks follow each other.</summary>
    public void Measure(GateWindow window, GateBlock block)
    {
        int last = Math.Min(block.Seen - 1, block.End + _reach - 1);        // frame that still gives evidence
        // Frames go in pairs that begin with an even one, so that the bits do not depend on where a block begins.
        int from = Math.Max(0, block.Start - _half) & ~1, to = Math.Min(block.Seen, last + _half + 1);
        Span<nint> rows = stackalloc nint[(2 * _half) + 2];
        fixed (float* cells = _cells.All, evidence = _evidence, spare = _spare, spareMean = _spareMean)
        {
            float* sum = cells + _sumAt, mean = cells + _meanAt, presence = cells + _presenceAt;
            AddPowers(window, block.Seen, from, to, sum);
            ForgetEvidence(block.Start);
            for (int t = block.Start; t <= last; t++)
            {
                if (t % 2 == 0)
                {
                    Around(sum - ((nint)from * _stride), t, to, rows);
                    _kernel.AddPair(rows);
                }

                nint row = t - block.Start, at = row * _stride;
                float* found = evidence + ((row + _reach) * Regions);
                _kernel.Measure(
                    window.Level(t).Prominence,
                    t % 2,
                    t < block.End ? mean + at : spareMean,
                    t < block.End ? presence + at : spare,
                    SecondsFromVoice(t) <= GateConstants.FricativeNearSeconds,
                    found);
                Doubt(found, t, window.Level(t).Fricative);
            }
        }

        int count = block.End - block.Start;
        _frames.Measure(_evidence.AsSpan(0, ((2 * _reach) + count) * Regions), _activity.AsSpan(0, count));
    }

    private float SecondsFromVoice(int frame) => _voice?.SecondsFrom(frame) ?? GateConstants.NearVoiceSeconds;

    // Far from a voice only what sounds like a fricative is speech: a breath, a whispered word.
    private void Doubt(float* evidence, int frame, float fricative)
    {
        bool isFar = SecondsFromVoice(frame) > GateConstants.NearVoiceSeconds;
        for (int r = 0; isFar && r < Regions; r++)
        {
            evidence[r] *= r < SpeechPresence.FirstHighRegion ? 0 : fricative;
        }
    }

    // The first box sums of frames.
    private void AddPowers(GateWindow window, int seen, int from, int to, float* sums)
    {
        Span<nint> rows = stackalloc nint[(2 * _half) + 2];
        fixed (float* power = window.Powers)
        {
            for (int t = from; t < to; t += 2)
            {
                for (int j = -_half; j <= _half + 1; j++)
                {
                    rows[j + _half] = (nint)(power + window.PowerAt(Math.Clamp(t + j, 0, seen - 1)));
                }

                float* sum = sums + ((nint)(t - from) * _stride);
                TriangleSmoother.AddRows(rows, sum, sum + _stride, _stride);
            }
        }
    }

    // Evidence of frames before the block stays from the block before.
    private void ForgetEvidence(int start)
    {
        int kept = start == _begin ? 0 : _reach * Regions;
        _evidence.AsSpan(_blockFrames * Regions, kept).CopyTo(_evidence);
        _evidence.AsSpan(_reach * Regions).Clear();
    }

    // The rows t-half … t+half+1 of rows that are numbered by frames, the ends of the clip repeated.
    private void Around(float* rows, int t, int end, Span<nint> around)
    {
        for (int j = -_half; j <= _half + 1; j++)
        {
            around[j + _half] = (nint)(rows + ((nint)Math.Clamp(t + j, 0, end - 1) * _stride));
        }
    }
}
