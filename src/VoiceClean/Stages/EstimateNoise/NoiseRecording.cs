using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>A recording of the noise alone. What is wrong with it is said of it, not of what is cleaned.</summary>
internal static class NoiseRecording
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sampleRate">The rate of the clip that is cleaned [Hz].</param>
    /// <param name="decoders">Who decodes it.</param>
    /// <param name="cancellation">Ends the waiting for a pipe too.</param>
    /// <exception cref="InputException">It cannot be opened or decoded.</exception>
    public static AudioClip Load(
        string path,
        int sampleRate,
        AudioDecoders decoders,
        CancellationToken cancellation)
    {
        Stream stream;
        try
        {
            stream = InputFile.OpenRead(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                ReasonCodes.NotFound,
                $"The noise recording {path} cannot be opened: {SystemErrors.Say(e)}.",
                e);
        }

        try
        {
            return ClipLoader.Load(
                stream,
                Path.GetFileName(path),
                new LoadOptions { SampleRate = sampleRate },
                decoders,
                cancellation);
        }
        catch (InputException e)
        {
            throw new InputException(e.Code, $"The noise recording {path} cannot be used: {e.Message}", e);
        }
    }
}
