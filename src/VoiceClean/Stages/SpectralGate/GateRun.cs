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
        _presence = new RunPresence(framing, noise.Profile, voice, blockFrames, _stretch.Begin);
        _gain = new RunGain(framing, depth, noise.Strokes, blockFrames);
        int past = Math.Max(_presence.Past, _gain.Near);
        _lookAhead = Math.Max(framing.Frames(GateConstants.LookAheadSeconds), _presence.LookAhead);
        int rows = past + blockFrames + _lookAhead + (4 * NoiseTrack.Step) + 2;
        _window = new GateWindow(framing, frames, _stretch.First, rows);
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
    public void Process(ReadOnlySpan<float> samples, Span<float> output, CancellationToken cancellation)
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
            for (int frame = start; frame < Math.Min(block.End, _stretch.To); frame++)
            {
                Gate(frame, frame - start);
                if (frame >= sounding)
                {
                    _window.AddTo(adder, frame, output);
                }
            }
        }
    }

    /// <summary>Gives the rows back to the pool.</summary>
    public void Dispose()
    {
        _window.Dispose();
        _presence.Dispose();
        _gain.Dispose();
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
