using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>Frames that are gated together.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">One past the last.</param>
/// <param name="Seen">One past the last that is looked at: the backward recursion begins before it.</param>
internal readonly record struct GateBlock(int Start, int End, int Seen);

/// <summary>The part of a clip that one run gates; other runs may do what lies before and behind.</summary>
/// <param name="First">The first frame that is analysed: a multiple of <see cref="NoiseTrack.Step"/>.</param>
/// <param name="Begin">The first frame of the run-in, which is gated but not kept.</param>
/// <param name="From">The first frame that counts.</param>
/// <param name="To">One past the last.</param>
internal readonly record struct GateStretch(int First, int Begin, int From, int To)
{
    /// <param name="framing">The frames.</param>
    /// <param name="from">The first frame that counts; a multiple of <paramref name="blockFrames"/>.</param>
    /// <param name="to">One past the last.</param>
    /// <param name="blockFrames">Frames per block.</param>
    public static GateStretch Of(SpeechFraming framing, int from, int to, int blockFrames = GateRun.DefaultBlockFrames)
    {
        const int Step = NoiseTrack.Step;
        int begin = Math.Max(0, from - (GateConstants.RunInBlocks * blockFrames));
        int past = (SpeechPresence.Past(framing) + (2 * Step) - 1) / Step * Step;
        return new GateStretch(Math.Max(0, begin - past), begin, from, to);
    }
}
