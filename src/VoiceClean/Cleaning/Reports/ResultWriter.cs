using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Quantizing;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Cleaning.Reports;

/// <summary>Writes a clip as WAV and says what was written, with the hash of every byte if it is asked for.</summary>
internal static class ResultWriter
{
    // A voice has its quiet ends some 50 dB below its peaks, and each bit is worth 6 dB.
    private const double LeastBits = 10;

    /// <summary>Writes <paramref name="clip"/> to <paramref name="stream"/>.</summary>
    public static FileFacts Write(
        Stream stream,
        AudioClip clip,
        SampleEncoding encoding,
        string path,
        bool isHashed = true)
    {
        WarnOfRounding(clip, encoding);
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
            BitDepth = Bits(encoding),
            DurationS = clip.Duration.TotalSeconds,
        };
    }

    /// <summary>
    /// Warns of what an encoding in integers cannot hold. Where nobody sets the level, as with the loudness off, floats
    /// may be louder than integers can say, or so quiet that few steps are left. What lies on the steps already loses
    /// nothing.
    /// </summary>
    public static void WarnOfRounding(AudioClip clip, SampleEncoding encoding)
    {
        if (encoding == SampleEncoding.IeeeFloat)
        {
            return;
        }

        int bits = Bits(encoding);
        double peak = TruePeak.SamplePeak(clip.ReadOnlySamples), used = bits + Math.Log2(peak);
        if (peak <= 1)
        {
            if (peak > 0 && used < LeastBits && !Quantizer.IsOnGrid(clip.ReadOnlySamples, bits))
            {
                clip.Warn(
                    WarningCodes.LowResolution,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The result peaks at {Decibels.FromAmplitude(peak):0} dBFS, where only about {used:0} of its "
                            + $"{bits} bits are in use; choose a loudness, or more bits."));
            }

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

    private static int Bits(SampleEncoding encoding) => 8 * WavHeader.SampleSize(encoding);
}
