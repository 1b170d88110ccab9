using System.Buffers.Binary;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Reporting.Pictures;

namespace VoiceClean.Reporting;

/// <summary>The pictures, and the sound, of one recording or result.</summary>
/// <param name="Wave">A PNG file.</param>
/// <param name="Spectrogram">A PNG file.</param>
/// <param name="Wav">16-bit mono; null unless asked for.</param>
/// <param name="DurationS">Of the whole [s].</param>
/// <param name="SampleRate">[Hz]</param>
internal sealed record SoundOfRow(byte[] Wave, byte[] Spectrogram, byte[]? Wav, double DurationS, int SampleRate)
{
    /// <summary>Longer sounds are cut here, and the page says so [s].</summary>
    public const int LongestS = 30;

    /// <summary>Draws a file; null if it is not there any more or cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="gainDb">So much louder, to be compared with the other one [dB].</param>
    /// <param name="removed">What the result does not have [s].</param>
    /// <param name="withSound">Whether the sound is wanted too.</param>
    /// <param name="decoders">Who may read it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static SoundOfRow? Draw(
        string path,
        double gainDb,
        IReadOnlyList<(double From, double To)> removed,
        bool withSound,
        AudioDecoders decoders,
        CancellationToken cancellation)
    {
        if (path is "" or "-" || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using AudioClip clip = ClipLoader.Load(
                InputFile.Open(path, cancellation),
                Path.GetFileName(path),
                new LoadOptions(),
                decoders,
                cancellation);
            ReadOnlySpan<float> samples = clip.Samples;
            double seconds = clip.Duration.TotalSeconds;
            return samples.Length == 0
                ? null
                : new SoundOfRow(
                    WaveformImage.Draw(
                        samples,
                        Decibels.ToAmplitude(gainDb),
                        [.. removed.Select(r => (r.From / seconds, r.To / seconds))]),
                    SpectrogramImage.Draw(samples, gainDb, cancellation),
                    withSound ? Wav16(samples, clip.SampleRate) : null,
                    seconds,
                    clip.SampleRate);
        }
        catch (VoiceCleanException)
        {
            return null;
        }
    }

    /// <summary>How much louder the source has to be drawn to look as loud as its result [dB].</summary>
    public static double GainBetween(ClipReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.After?.IntegratedLufs - report.Before?.IntegratedLufs is { } gain && double.IsFinite(gain)
            ? Math.Clamp(gain, -40, 40)
            : 0;
    }

    private static byte[] Wav16(ReadOnlySpan<float> samples, int rate)
    {
        samples = samples[..Math.Min(samples.Length, LongestS * rate)];
        byte[] file = new byte[44 + (2 * samples.Length)];
        Span<byte> all = file;
        "RIFF"u8.CopyTo(all);
        BinaryPrimitives.WriteInt32LittleEndian(all[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(all[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(all[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(all[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(all[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(all[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(all[28..], 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(all[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(all[34..], 16);
        "data"u8.CopyTo(all[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(all[40..], 2 * samples.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(
                all[(44 + (2 * i))..],
                (short)Math.Clamp(Math.Round(samples[i] * 32768.0), short.MinValue, short.MaxValue));
        }

        return file;
    }
}
