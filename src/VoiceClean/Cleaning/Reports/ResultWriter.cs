using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Cleaning.Reports;

/// <summary>Writes a clip as WAV and says what was written, with the hash of every byte if it is asked for.</summary>
internal static class ResultWriter
{
    /// <summary>Writes <paramref name="clip"/> to <paramref name="stream"/>.</summary>
    public static FileFacts Write(
        Stream stream,
        AudioClip clip,
        SampleEncoding encoding,
        string path,
        bool isHashed = true)
    {
        if (encoding != SampleEncoding.IeeeFloat)
        {
            WarnOfClipping(clip);
        }

        using HashingStream? hashing = isHashed ? new HashingStream(stream) : null;
        long bytes = WavWriter.Write(hashing ?? stream, clip, encoding);
        return new FileFacts
        {
            Path = path,
            SizeBytes = bytes,
            Sha256 = hashing is null ? null : Convert.ToHexStringLower(hashing.Hash()),
            Container = "wav",
            SampleRateHz = clip.SampleRate,
            Channels = 1,
            BitDepth = encoding switch { SampleEncoding.Pcm16 => 16, SampleEncoding.Pcm24 => 24, _ => 32 },
            DurationS = clip.Duration.TotalSeconds,
        };
    }

    // Where nobody sets the level, as with the loudness off, floats may be louder than integers can say.
    private static void WarnOfClipping(AudioClip clip)
    {
        if (TruePeak.SamplePeak(clip.ReadOnlySamples) <= 1)
        {
            return;
        }

        int beyond = 0;
        foreach (float sample in clip.ReadOnlySamples)
        {
            beyond += Math.Abs(sample) > 1 ? 1 : 0;
        }

        clip.Warn(
            WarningCodes.ResultClipped,
            $"{Counted.Of(beyond, "sample")} beyond full scale were cut off in the result; choose a loudness or "
                + "float samples.");
    }
}
