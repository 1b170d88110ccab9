using VoiceClean.Audio;
using VoiceClean.Dsp;
using VoiceClean.Formats;

namespace VoiceClean.Datasets;

/// <summary>One gain for all clips of a speaker, from the loudness of the recordings as decoded: a look through all of them before the work begins.</summary>
public static class SpeakerGains
{
    /// <summary>Loudness and length of one recording.</summary>
    /// <param name="Speaker">Whose voice it is.</param>
    /// <param name="IntegratedLufs">[LUFS]; NaN = undefined.</param>
    /// <param name="Seconds">[s]</param>
    public sealed record Loudness(string Speaker, double IntegratedLufs, double Seconds);

    /// <summary>Measures one recording.</summary>
    /// <exception cref="Errors.VoiceCleanException">It cannot be read.</exception>
    public static Loudness Measure(DatasetItem item, CleaningOptions options, AudioDecoders decoders, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(item);
        using AudioClip clip = ClipLoader.Load(InputFile.Open(item.Plan.InputPath), item.Plan.Id, options, decoders, cancellation);
        return new Loudness(item.Speaker, LoudnessMeasurement.Measure(clip.Samples, clip.SampleRate, cancellation).IntegratedLufs, clip.Duration.TotalSeconds);
    }

    /// <summary>The gain of each speaker [dB]: brings the mean power of the recordings, weighted by their length, to the target.</summary>
    public static IReadOnlyDictionary<string, double> From(IEnumerable<Loudness> recordings, double targetLufs)
        => recordings.Where(r => double.IsFinite(r.IntegratedLufs)).GroupBy(r => r.Speaker, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => Math.Clamp(targetLufs - Decibels.FromPower(g.Sum(r => Decibels.ToPower(r.IntegratedLufs) * r.Seconds) / g.Sum(r => r.Seconds)), -60, 60),
            StringComparer.Ordinal);
}
