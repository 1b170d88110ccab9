using VoiceClean.Audio;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Datasets;

/// <summary>
/// Says of each clip of a finished set whether the target's trainer takes it, and by which rule not.
/// </summary>
internal static class SetChecker
{
    /// <summary>Decodes a clip and applies the rules.</summary>
    /// <param name="root">Folder of the set.</param>
    /// <param name="clip">One of <see cref="SetReader.List"/>.</param>
    /// <param name="target">For whom.</param>
    /// <param name="decoders">Who may read it.</param>
    /// <param name="cancellation">Checked at every block.</param>
    public static CheckedClip Check(
        string root,
        SetClip clip,
        DatasetTarget target,
        AudioDecoders decoders,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        bool isClip = !clip.IsForeign && !clip.IsLine && !clip.IsList;
        return Apply(isClip ? Measure(root, clip, decoders, cancellation) : clip, target);
    }

    /// <summary>Applies the rules to a clip whose figures are known.</summary>
    public static CheckedClip Apply(SetClip clip, DatasetTarget target)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(target);
        var broken = new List<BrokenRule>();
        foreach (TargetRule rule in target.Rules)
        {
            double? value = ClipMeasures.Of(rule.Measure, clip, target);
            if (rule.IsBrokenBy(value))
            {
                broken.Add(new BrokenRule(rule.Rule, JsonWords.Of(rule.Action), value!.Value, rule.Because));
            }
        }

        return new CheckedClip
        {
            File = clip.File,
            Status = StatusOf(broken),
            IsClip = !clip.IsForeign && !clip.IsList,
            Rules = broken,
            DurationS = clip.DurationS,
            RescaleGainDb = ClipMeasures.Of("rescale_gain_db", clip, target),
        };
    }

    /// <summary>Sums up.</summary>
    public static CheckSummary Summarize(IReadOnlyCollection<CheckedClip> clips, DatasetTarget target)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(target);
        double[] gains = [.. clips.Select(c => c.RescaleGainDb).OfType<double>()];
        return new CheckSummary
        {
            Target = target.Name,
            Clips = clips.Count(c => c.IsClip),
            Refused = clips.Count(c => c.Status == ClipStatuses.Refused),
            Dropped = clips.Count(c => c.Status == ClipStatuses.Dropped),
            Spoiled = clips.Count(c => c.Status == ClipStatuses.Spoiled),
            Altered = clips.Count(c => c.Status == ClipStatuses.Altered),
            Warned = clips.Count(c => c.Status == ClipStatuses.Warned),
            WithoutText = clips.Count(c => c.Rules.Any(r => r.Rule == "text_missing")),
            Rules = new SortedDictionary<string, int>(
                clips
                    .SelectMany(c => c.Rules.Select(r => r.Rule))
                    .CountBy(r => r)
                    .ToDictionary(c => c.Key, c => c.Value),
                StringComparer.Ordinal),
            RescaleSpreadDb = gains.Length == 0 ? 0 : gains.Max() - gains.Min(),
        };
    }

    private static SetClip Measure(string root, SetClip clip, AudioDecoders decoders, CancellationToken cancellation)
    {
        try
        {
            using IAudioReader reader = decoders.Open(
                InputFile.Open(Path.Combine(root, clip.File), cancellation),
                new DecodeLimits());
            AudioFormat format = reader.Format;
            float[] block = new float[format.Channels * 8192];
            long count = 0;
            float peak = 0;
            for (int n; (n = reader.Read(block)) > 0; count += n)
            {
                cancellation.ThrowIfCancellationRequested();
                peak = Math.Max(peak, MonoPeak(block.AsSpan(0, n), format.Channels));
            }

            double seconds = (double)count / format.Channels / format.SampleRate;
            return clip with
            {
                IsReadable = count > 0,
                DurationS = seconds,
                Peak = peak,
                SampleRateHz = format.SampleRate,
                Channels = format.Channels,
                BitDepth = format.BitDepth > 0 ? format.BitDepth : null,
            };
        }
        catch (VoiceCleanException)
        {
            return clip;
        }
    }

    // Stereo comes in as the sum over the square root of two.
    private static float MonoPeak(ReadOnlySpan<float> samples, int channels)
    {
        float peak = 0;
        for (int i = 0; i + channels <= samples.Length; i += channels)
        {
            float sum = 0;
            for (int c = 0; c < channels; c++)
            {
                sum += samples[i + c];
            }

            peak = Math.Max(peak, Math.Abs(channels == 2 ? sum * 0.70710678f : sum / channels));
        }

        return peak;
    }

    // The worst of what happens.
    private static string StatusOf(List<BrokenRule> broken) =>
        broken.Any(b => b.Does(RuleAction.Refuse)) ? ClipStatuses.Refused
        : broken.Any(b => b.Does(RuleAction.Drop)) ? ClipStatuses.Dropped
        : broken.Any(b => b.Does(RuleAction.Spoil)) ? ClipStatuses.Spoiled
        : broken.Any(b => b.Does(RuleAction.Alter)) ? ClipStatuses.Altered
        : broken.Count > 0 ? ClipStatuses.Warned
        : ClipStatuses.Ok;
}
