using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;

namespace VoiceClean.Web.Studio;

/// <summary>The momentary loudness of what renders begin with, which no setting changes: measured once. Any number of
/// threads may ask.</summary>
internal sealed class InputLoudness
{
    private sealed record Known(ClipState Input, double[] Curve);

    private volatile Known? _known;

    /// <summary>The curve of <see cref="MomentaryLoudness.Of"/>.</summary>
    public double[] Of(ClipState input)
    {
        if (_known is not { } known || known.Input != input)
        {
            _known = known = new Known(input, MomentaryLoudness.Of(input.Samples.Span, input.SampleRate));
        }

        return known.Curve;
    }
}
