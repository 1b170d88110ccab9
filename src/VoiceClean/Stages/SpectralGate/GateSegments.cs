using VoiceClean.Audio;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Divides a long clip into stretches of 131 s (at 32 kHz) that can be gated at the same time. A clip is divided the
/// same way however many threads there are, and each stretch listens 4 s before it begins, so nothing is heard of the
/// seams.
/// </summary>
/// <param name="framing">The frames.</param>
/// <param name="sampleCount">Length of the clip [sample].</param>
/// <param name="segmentFrames">Frames per stretch, a multiple of <see cref="GateRun.DefaultBlockFrames"/>.</param>
internal sealed unsafe class GateSegments(
    SpeechFraming framing,
    int sampleCount,
    int segmentFrames = GateSegments.DefaultFrames)
{
    /// <summary>Frames per stretch.</summary>
    public const int DefaultFrames = 64 * GateRun.DefaultBlockFrames;

    private readonly int _frames = framing.Stft.FrameCount(sampleCount);

    /// <summary>What the gains did to speech.</summary>
    public SpeechHarmEstimator Harm { get; } = new(framing);

    /// <summary>Share of frames taken for speech, 0 to 1.</summary>
    public double SpeechShare { get; private set; }

    private int Count => Math.Max(1, (_frames + segmentFrames - 1) / segmentFrames);

    /// <summary>The cells with which the stretches begin to listen, for <see cref="NoiseTrack"/>.</summary>
    public int[] StartCells() =>
        [
            .. Sequence
                .Range(0, Count)
                .Select(i => GateStretch.Of(framing, i * segmentFrames, _frames).First / NoiseTrack.Step),
        ];

    /// <summary>Gates the clip into <paramref name="output"/>, which is as long as the clip, or into a file.</summary>
    public void Process(
        NoiseTrack noise,
        GateDepth depth,
        NearVoice? voice,
        ReadOnlySpan<float> samples,
        Span<float> output,
        SampleSpool? spool,
        int threads,
        CancellationToken cancellation)
    {
        var harm = new SpeechHarmEstimator[Count];
        double[] active = new double[Count];
        int length = samples.Length;
        fixed (float* pinnedInput = samples, pinnedOutput = output)
        {
            float* input = pinnedInput, result = pinnedOutput;
            ForkJoin.For(
                threads,
                Count,
                i =>
                {
                    using var run = new GateRun(
                        framing,
                        noise,
                        length,
                        depth,
                        voice,
                        i * segmentFrames,
                        (i + 1) * segmentFrames);
                    var all = new ReadOnlySpan<float>(input, length);
                    if (spool is null)
                    {
                        run.Process(all, new Span<float>(result, length), cancellation);
                    }
                    else
                    {
                        run.Process(all, spool, cancellation);
                    }

                    (harm[i], active[i]) = (run.Harm, run.ActiveFrames);
                },
                cancellation);
        }

        // In their order, so that the sums are the same with any number of threads.
        Array.ForEach(harm, Harm.Add);
        SpeechShare = _frames == 0 ? 0 : active.Sum() / _frames;
    }
}
