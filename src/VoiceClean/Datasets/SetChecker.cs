using VoiceClean.Audio;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>
/// Reads a finished set of any origin as the target's trainer would, and says which clips it drops or alters and by
/// which rule.
/// </summary>
internal static class SetChecker
{
    /// <summary>
    /// The clips of a set in the order of their paths, and the bad lines of its lists. Opens lists, not clips.
    /// </summary>
    /// <param name="root">Folder of the set: speakers' folders with lists beside them, or one folder of clips.</param>
    /// <param name="target">For whom.</param>
    /// <param name="decoders">Whose extensions are those of clips; null = the decoders that come with
    /// VoiceClean.</param>
    /// <exception cref="InputException">Missing, or there is nothing in it.</exception>
    public static IReadOnlyList<SetClip> List(string root, DatasetTarget target, AudioDecoders? decoders = null)
    {
        decoders ??= AudioDecoders.CreateDefault();
        ArgumentNullException.ThrowIfNull(target);
        if (!Directory.Exists(root))
        {
            throw new InputException(ReasonCodes.NotFound, $"{root} is no folder; name the folder of the set.");
        }

        SetLists lists = SetLists.Read(root, target);
        string[] files =
        [
            .. Directory
                .EnumerateFiles(
                    root,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(p => Path.GetRelativePath(root, p).Replace('\\', '/'))
                .Where(p => !IsBeside(p, lists))
                .Order(StringComparer.Ordinal),
        ];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var clips = new List<SetClip>();
        foreach (string file in files)
        {
            bool isForeign = !decoders.IsKnownName(file);
            ListLine? line = lists.Find(file);
            clips.Add(new SetClip
            {
                File = file,
                IsForeign = isForeign,
                IsDuplicate = !isForeign && !seen.Add(Path.GetFileName(file)),
                IsListed = isForeign || lists.Count == 0 ? null : line is not null,
                Language = line?.Language,
                Text = line?.Text,
            });
        }

        clips.AddRange(lists.BadLines.Select(l => new SetClip { File = l, IsBadLine = true }));
        clips.AddRange(lists.MissingFiles(files).Select(l => new SetClip { File = l, IsBadLine = true }));
        return clips.Count > 0
            ? clips
            : throw new InputException(ReasonCodes.NotFound, $"There are no clips in {root}.");
    }

    /// <summary>Decodes a clip and applies the rules.</summary>
    /// <param name="root">Folder of the set.</param>
    /// <param name="clip">One of <see cref="List"/>.</param>
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
        return Apply(clip.IsForeign || clip.IsBadLine ? clip : Measure(root, clip, decoders, cancellation), target);
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
                broken.Add(new BrokenRule(rule.Rule, rule.Action, value!.Value, rule.Because));
            }
        }

        return new CheckedClip
        {
            File = clip.File,
            Status = broken.Any(b => b.Action == RuleAction.Drop) ? "dropped" : broken.Count > 0 ? "altered" : "ok",
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
            Clips = clips.Count,
            Dropped = clips.Count(c => c.Status == "dropped"),
            Altered = clips.Count(c => c.Status == "altered"),
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
                InputFile.Open(Path.Combine(root, clip.File)),
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
                AssumedDurationS = Math.Floor(seconds * 32_000) * 2 / 64_000,
                Peak = peak,
                SampleRateHz = format.SampleRate,
                Channels = format.Channels,
                BitDepth = format.BitDepth,
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

    // What stands beside the clips' folders, by our own layout or because it is a list.
    private static bool IsBeside(string file, SetLists lists) =>
        file.Split('/') is [StateFolder.Name or DatasetPlan.RejectedFolder, _, ..]
        || lists.IsList(file)
        || (
            !file.Contains('/', StringComparison.Ordinal)
            && Path.GetExtension(file) is ".jsonl" or ".json" or ".md" or ".txt");
}
