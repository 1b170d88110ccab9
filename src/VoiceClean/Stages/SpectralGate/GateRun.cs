using System.Buffers;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// One pass of the gate over one clip, in blocks. A window of rows (frames) moves along: some frames of the past for
/// the presence kernel, the block itself, and a look-ahead from whose end the backward recursion starts. All that
/// remains of earlier blocks is the state of the forward recursions.
/// </summary>
internal sealed unsafe partial class GateRun : IDisposable
{
    /// <summary>Frames per block: 2 s. A matter of memory only.</summary>
    public const int DefaultBlockFrames = 256;

    // Blocks that a run in the middle of a clip hears before its first frame: 4 s, in which every recursion but that of
    // the noise has long forgotten.
    private const int RunInBlocks = 2;

    private const double LookAheadSeconds = 0.8;

    // Every second frame tells enough of what happens to speech: neighbours overlap by three quarters.
    private const int HarmStep = 2;

    private readonly SpeechFraming _framing;
    private readonly ShortTimeFourier _stft;
    private readonly NoiseTrack.Forward _noise;
    private readonly SpeechPresence _presence;
    private readonly FrameActivity _activity;
    private readonly int _stride,
        _past,
        _lookAhead,
        _rows,
        _frames,
        _reach,
        _near,
        _blockFrames,
        _first,
        _begin,
        _from,
        _to;
    private readonly float[] _re,
        _im,
        _gamma,
        _sum,
        _prob,
        _mean,
        _back; // rows of bins: [_rows x _stride]
    private readonly float[] _strength,
        _fricative; // per row, 0 to 1
    private readonly FrameBands _bands;
    private readonly float[] _evidence;                                      // per frame and region
    private readonly float[] _forward;                                       // G²γ of the frame before [_stride]
    private readonly float[] _noiseNow, _noiseNext, _cell, _noiseSpare;
    private readonly int _cellCount;
    private readonly float _alpha;
    private readonly GateFloor _floor;
    private int _origin;                    // frame of row 0
    private int _analysed, _scaled;         // frames done so far
    private int _noiseCell;                 // cell of _noiseNow

    /// <param name="framing">The frames.</param>
    /// <param name="noise">The noise.</param>
    /// <param name="sampleCount">Length of the clip [sample].</param>
    /// <param name="attenuationDb">How far noise is turned down [dB].</param>
    /// <param name="from">The first frame of this run; a multiple of <paramref name="blockFrames"/>.</param>
    /// <param name="to">One past its last frame; another run may begin there.</param>
    /// <param name="blockFrames">Frames at a time.</param>
    public GateRun(
        SpeechFraming framing,
        NoiseTrack noise,
        int sampleCount,
        double attenuationDb,
        int from = 0,
        int to = int.MaxValue,
        int blockFrames = DefaultBlockFrames)
    {
        _framing = framing;
        _blockFrames = blockFrames;
        _stft = framing.Stft;
        _stride = framing.Stride;
        _frames = _stft.FrameCount(sampleCount);
        _presence = new SpeechPresence(framing, noise.Profile);
        (_from, _to) = (from, Math.Min(to, _frames));
        _begin = Math.Max(0, from - (RunInBlocks * blockFrames));
        _first = FirstFrame(framing, from, blockFrames);
        _origin = _analysed = _first;
        _scaled = _first == 0 ? 0 : _first + 1;         // the frame before the first whole cell is not needed
        _cellCount = noise.CellCount;
        _noise = noise.From(_first / NoiseTrack.Step);
        _noiseCell = _noise.FirstCell - 1;
        _activity = new FrameActivity(framing);
        _reach = _activity.Reach;
        _near = framing.Frames(GateSettings.SparedSeconds);
        _past = Math.Max(2 * _presence.BoxHalf, _near);
        _lookAhead = Math.Max(framing.Frames(LookAheadSeconds), _reach + (2 * _presence.BoxHalf));
        _rows = _past + _blockFrames + _lookAhead + (4 * NoiseTrack.Step) + 2;
        int cells = checked(_rows * _stride);
        _re = ArrayPool<float>.Shared.Rent(cells);
        _im = ArrayPool<float>.Shared.Rent(cells);
        _gamma = ArrayPool<float>.Shared.Rent(cells);
        _sum = ArrayPool<float>.Shared.Rent(cells);
        _prob = ArrayPool<float>.Shared.Rent(_blockFrames * _stride);
        _mean = ArrayPool<float>.Shared.Rent(_blockFrames * _stride);
        _back = ArrayPool<float>.Shared.Rent(_blockFrames * _stride);
        _evidence = new float[((2 * _reach) + _blockFrames) * SpeechPresence.RegionCount];
        _strength = new float[_rows];
        _fricative = new float[_rows];
        _bands = new FrameBands(framing);
        _forward = new float[_stride];
        Array.Fill(_forward, 1f);
        _noiseNow = new float[_stride];
        _noiseNext = new float[_stride];
        _cell = new float[_stride];
        _noiseSpare = new float[_stride];
        _alpha = (float)Math.Exp(-framing.HopSeconds / GateSettings.PriorSeconds);
        _floor = GateFloor.Of(attenuationDb);
        Harm = new HarmMeter(framing);
    }

    /// <summary>What the gains did to speech.</summary>
    public HarmMeter Harm { get; }

    /// <summary>Sum of the activities of its frames.</summary>
    public double ActiveFrames { get; private set; }

    /// <summary>
    /// The frame with which a run from frame <paramref name="from"/> begins to listen: a multiple of <see
    /// cref="NoiseTrack.Step"/>.
    /// </summary>
    public static int FirstFrame(SpeechFraming framing, int from, int blockFrames = DefaultBlockFrames) =>
        Math.Max(
            0,
            from
                - (RunInBlocks * blockFrames)
                - ((SpeechPresence.Past(framing) + (2 * NoiseTrack.Step) - 1) / NoiseTrack.Step * NoiseTrack.Step));

    /// <summary>
    /// Gates its frames into <paramref name="output"/>, which is as long as the clip; only the hops that begin with
    /// them are written.
    /// </summary>
    public void Process(ReadOnlySpan<float> samples, Span<float> output, CancellationToken cancellation)
    {
        // A hop sounds in the frames before it too.
        int sounding = _from == 0 ? 0 : _from - (_stft.FrameLength / _stft.HopLength) + 1;
        OverlapAdder adder = _stft.CreateOverlapAdder(samples.Length, sounding);
        float[] activity = new float[_blockFrames];
        for (int start = _begin; start < _to; start += _blockFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(_frames, start + _blockFrames),
                seen = Math.Min(_frames, start + _blockFrames + _lookAhead);
            if (start > _begin)
            {
                MoveTo(Math.Max(0, start - _past));
            }

            Analyse(samples, Math.Min(_frames, seen + (2 * NoiseTrack.Step)));
            ScaleByNoise(seen);
            RunBackward(start, end, seen);
            MeasurePresence(start, end, seen);
            _activity.Measure(
                _evidence.AsSpan(0, ((2 * _reach) + end - start) * SpeechPresence.RegionCount),
                activity.AsSpan(0, end - start));
            for (int t = start; t < Math.Min(end, _to); t++)
            {
                Gate(t, t - start, activity[t - start]);
                if (t >= sounding)
                {
                    adder.Add(Row(_re, t)[.._stft.BinCount], Row(_im, t)[.._stft.BinCount], output);
                }
            }
        }
    }

    /// <summary>Gives the rows back to the pool: megabytes that every clip needs again.</summary>
    public void Dispose()
    {
        foreach (float[] rows in (ReadOnlySpan<float[]>)[_re, _im, _gamma, _sum, _prob, _mean, _back])
        {
            ArrayPool<float>.Shared.Return(rows);
        }
    }

    private void Gate(int frame, int row, float activity)
    {
        bool counts = frame >= _from;          // the run-in counts where it belongs
        ActiveFrames += counts ? activity : 0;
        var of = new GateFrame(activity, _strength[frame - _origin], _fricative[frame - _origin], NearFricative(frame));
        fixed (
            float* re = Row(_re, frame),
                im = Row(_im, frame),
                gamma = Row(_gamma, frame),
                gains = _cell,
                back = _back,
                mean = _mean,
                prob = _prob,
                state = _forward,
                broad = _presence.Broad)
        {
            GateGain.Compute(
                gamma,
                back + ((nint)row * _stride),
                mean + ((nint)row * _stride),
                prob + ((nint)row * _stride),
                broad,
                of,
                _alpha,
                _floor,
                state,
                gains,
                _stride);
            if (counts && activity > 0.5f && frame % HarmStep == 0)
            {
                Harm.Add(re, im, gamma, gains);
            }

            GateGain.Apply(re, im, gains, _stride);
        }
    }

    // Averaged over a triangle, the ends of the clip repeated.
    private float NearFricative(int frame)
    {
        float sum = 0;
        for (int j = -_near; j <= _near; j++)
        {
            sum += (_near + 1 - Math.Abs(j)) * _fricative[Math.Clamp(frame + j, 0, _frames - 1) - _origin];
        }

        return sum / ((_near + 1) * (_near + 1));
    }

    private Span<float> Row(float[] rows, int frame) => rows.AsSpan((frame - _origin) * _stride, _stride);

    private void MoveTo(int origin)
    {
        int drop = (origin - _origin) * _stride, keep = (_analysed - origin) * _stride;
        if (drop > 0)
        {
            foreach (float[] rows in (ReadOnlySpan<float[]>)[_re, _im, _gamma])
            {
                rows.AsSpan(drop, keep).CopyTo(rows);
            }

            _strength.AsSpan(origin - _origin, _analysed - origin).CopyTo(_strength);
            _fricative.AsSpan(origin - _origin, _analysed - origin).CopyTo(_fricative);
            _origin = origin;
        }
    }

    private void Analyse(ReadOnlySpan<float> samples, int end)
    {
        for (; _analysed < end; _analysed++)
        {
            Span<float> re = Row(_re, _analysed), im = Row(_im, _analysed);
            // rented rows hold anything; every other cell is written before it is read
            re[_stft.BinCount..].Clear();
            im[_stft.BinCount..].Clear();
            _framing.Analyze(samples, _analysed, re, im);
            _framing.Power(re, im, Row(_gamma, _analysed));
        }
    }

    private void RunBackward(int start, int end, int seen)
    {
        Vector256<float> alpha = Vector256.Create(_alpha), floor = Vector256.Create(GateSettings.LeastPrior);
        float[] state = _cell;              // free at this point
        Array.Fill(state, 1f);
        fixed (float* s = state)
        {
            for (int t = seen - 1; t >= start; t--)
            {
                fixed (float* g = Row(_gamma, t), b = _back)
                {
                    float* prior = t < end ? b + ((nint)(t - start) * _stride) : null;
                    for (nint k = 0; k < _stride; k += 8)
                    {
                        Vector256<float> previous = Vector256.Load(s + k);
                        Vector256<float> xi = LogSpectralAmplitude.DecisionDirected(
                            ref previous,
                            Vector256.Load(g + k),
                            alpha,
                            floor);
                        previous.Store(s + k);
                        if (prior is not null)
                        {
                            xi.Store(prior + k);
                        }
                    }
                }
            }
        }
    }
}
