using System.Buffers;
using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// One pass of the gate over one clip, in blocks. A window of frames moves along: some of the past for the presence
/// kernel, the block itself, and a look-ahead from whose end the backward recursion starts. All that remains of earlier
/// blocks is the state of the forward recursions.
/// </summary>
internal sealed class GateRun : IDisposable
{
    /// <summary>Frames per block: 2 s. A matter of memory only.</summary>
    public const int DefaultBlockFrames = 256;

    private readonly GateStretch _stretch;
    private readonly ShortTimeFourier _stft;
    private readonly GateWindow _window;
    private readonly RunNoise _noise;
    private readonly RunPresence _presence;
    private readonly RunGain _gain;
    private readonly GateCells _cells = new();
    private readonly int _blockFrames, _lookAhead;

    /// <param name="framing">The frames.</param>
    /// <param name="noise">The noise.</param>
    /// <param name="sampleCount">Length of the clip [sample].</param>
    /// <param name="depth">How far noise is turned down.</param>
    /// <param name="voice">How far a voice is; null if that is unknown.</param>
    /// <param name="from">The first frame of this run; a multiple of <paramref name="blockFrames"/>.</param>
    /// <param name="to">One past its last frame; another run may begin there.</param>
    /// <param name="blockFrames">Frames at a time.</param>
    public GateRun(
        SpeechFraming framing,
        NoiseTrack noise,
        int sampleCount,
        GateDepth depth,
        NearVoice? voice,
        int from = 0,
        int to = int.MaxValue,
        int blockFrames = DefaultBlockFrames)
    {
        _blockFrames = blockFrames;
        _stft = framing.Stft;
        int frames = _stft.FrameCount(sampleCount);
        _stretch = GateStretch.Of(framing, from, Math.Min(to, frames), blockFrames);
        _presence = new RunPresence(framing, noise.Profile, voice, blockFrames, _stretch.Begin, _cells);
        _gain = new RunGain(framing, depth, noise, blockFrames);
        int past = Math.Max(_presence.Past, _gain.Near);
        _lookAhead = Math.Max(framing.Frames(GateConstants.LookAheadSeconds), _presence.LookAhead);
        int rows = past + blockFrames + _lookAhead + (4 * NoiseTrack.Step) + 2;
        _window = new GateWindow(framing, frames, _stretch.First, rows, _cells);
        _noise = new RunNoise(framing, noise, _stretch.First, frames);
    }

    /// <summary>What the gains did to speech.</summary>
    public SpeechHarmEstimator Harm => _gain.Harm;

    /// <summary>Sum of the activities of its frames.</summary>
    public double ActiveFrames { get; private set; }

    /// <summary>
    /// Gates its frames into <paramref name="output"/>, which is as long as the clip; only the hops that begin with
    /// them are written.
    /// </summary>
    public void Process(ReadOnlySpan<float> samples, Span<float> output, CancellationToken cancellation) =>
        Process(samples, output, null, cancellation);

    /// <summary>The same into a file, block by block.</summary>
    public void Process(ReadOnlySpan<float> samples, SampleSpool spool, CancellationToken cancellation)
    {
        // the last block gives out what rings on, too
        float[] rented = ArrayPool<float>.Shared.Rent((_blockFrames * _stft.HopLength) + _stft.FrameLength);
        Process(samples, rented, spool, cancellation);
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Process(
        ReadOnlySpan<float> samples,
        Span<float> output,
        SampleSpool? spool,
        CancellationToken cancellation)
    {
        // A hop sounds in the frames before it too.
        int sounding = _stretch.From == 0 ? 0 : _stretch.From - (_stft.FrameLength / _stft.HopLength) + 1;
        OverlapAdder adder = _stft.CreateOverlapAdder(samples.Length, sounding);
        for (int start = _stretch.Begin; start < _stretch.To; start += _blockFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            GateBlock block = NextBlock(samples, start);
            _noise.Scale(_window, block.Seen);
            _gain.RunBackward(_window, block);
            _presence.Measure(_window, block);
            long origin = spool is null ? 0 : _stft.FrameStart(Math.Max(start, _stretch.From));
            for (int frame = start; frame < Math.Min(block.End, _stretch.To); frame++)
            {
                Gate(frame, frame - start);
                if (frame >= sounding)
                {
                    _window.AddTo(adder, frame, output, origin);
                }
            }

            Lay(spool, output, origin, Math.Min(block.End, _stretch.To), samples.Length);
        }
    }

    /// <summary>Gives the rows back.</summary>
    public void Dispose()
    {
        _noise.Dispose();
        _gain.Dispose();
        _cells.Dispose();
    }

    // Lays aside the hops that begin with frames up to `to`.
    private void Lay(SampleSpool? spool, ReadOnlySpan<float> output, long origin, int to, int length)
    {
        long from = Math.Max(0, origin), end = to == _window.Frames ? length : Math.Min(length, _stft.FrameStart(to));
        if (end > from)
        {
            spool?.Write((int)from, output[(int)(from - origin)..(int)(end - origin)]);
        }
    }

    private GateBlock NextBlock(ReadOnlySpan<float> samples, int start)
    {
        int frames = _window.Frames, end = Math.Min(frames, start + _blockFrames);
        var block = new GateBlock(start, end, Math.Min(frames, start + _blockFrames + _lookAhead));
        // the noise of the last frame is interpolated towards the next cell
        _window.Analyse(samples, Math.Min(frames, block.Seen + (2 * NoiseTrack.Step)));
        return block;
    }

    private void Gate(int frame, int row)
    {
        bool counts = frame >= _stretch.From;           // the run-in counts where it belongs
        float activity = _presence.Activity(row);
        ActiveFrames += counts ? activity : 0;
        _gain.Apply(_window, frame, row, _presence, counts && activity > GateConstants.HarmActivity);
    }
}
