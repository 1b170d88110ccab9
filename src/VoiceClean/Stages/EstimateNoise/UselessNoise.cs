using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>What is said of a named noise from which nothing can be learnt: too short, or silent.</summary>
internal static class UselessNoise
{
    /// <summary>The error for a stretch of the recording.</summary>
    /// <param name="framing">The frames, which lie on a grid: a frame and a hop hold one wherever they begin.</param>
    /// <param name="range">The stretch [samples].</param>
    /// <param name="sampleRate">Sampling rate [Hz].</param>
    public static VoiceCleanException Range(SpeechFraming framing, SampleRange range, int sampleRate)
    {
        double start = (double)range.Start / sampleRate, end = (double)range.End / sampleRate;
        return Error(
            range.Length < Least(framing)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The noise range of {end - start:0.###} s is too short; it must hold at least "
                        + $"{(double)Least(framing) / sampleRate:0.###} s.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"The noise range from {start:0.###} s to {end:0.###} s holds only digital silence; name one "
                        + $"with noise in it."));
    }

    /// <summary>The error for a recording of noise alone.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="length">Its length [samples].</param>
    /// <param name="sampleRate">Sampling rate [Hz].</param>
    public static VoiceCleanException Recording(SpeechFraming framing, string path, int length, int sampleRate) =>
        Error(
            length < Least(framing)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The noise recording {path} lasts only {(double)length / sampleRate:0.###} s; it must hold at "
                        + $"least {(double)Least(framing) / sampleRate:0.###} s.")
                : $"The noise recording {path} holds only digital silence; name one with noise in it.");

    private static int Least(SpeechFraming framing) => framing.Stft.FrameLength + framing.Stft.HopLength;

    private static VoiceCleanException Error(string message) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}
