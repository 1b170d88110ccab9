using System.Text.Json;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cleaning;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.QualityGate;
using VoiceClean.Stages;

namespace VoiceClean.Datasets;

/// <summary>
/// The way of one recording into a set: decode, measure, clean, slice; each slice a clip of its own that gets its level
/// and is written; last the recording's record. Immutable and thread-safe: one instance serves a whole batch, which
/// runs it like any other work.
/// </summary>
internal sealed class DatasetBuilder
{
    private readonly SetFolders _set;
    private readonly DatasetOptions _options;
    private readonly CleaningOptions _cleaning;
    private readonly ClipFrame _frame;
    private readonly Dictionary<string, DatasetItem> _items;
    private readonly IReadOnlyDictionary<string, double> _speakerGains;
    private readonly TranscriptIndex _transcripts;
    private readonly IReadOnlyList<IStage> _stages;

    /// <summary>Prepares a set.</summary>
    /// <param name="set">Its folders.</param>
    /// <param name="options">What it is to be.</param>
    /// <param name="items">The recordings that are built.</param>
    /// <param name="transcripts">What is said in them.</param>
    /// <param name="speakerGains">Gain of each speaker [dB], for <see cref="LoudnessScope.Speaker"/>.</param>
    /// <param name="catalog">The stages to choose from; null = those that come with VoiceClean.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">An unknown stage is asked for, or options contradict each
    /// other.</exception>
    public DatasetBuilder(
        SetFolders set,
        DatasetOptions options,
        IEnumerable<DatasetItem> items,
        TranscriptIndex transcripts,
        IReadOnlyDictionary<string, double>? speakerGains = null,
        StageCatalog? catalog = null,
        AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(transcripts);
        (_set, _options, _cleaning, _transcripts) = (set, options, options.EffectiveCleaning, transcripts);
        decoders ??= AudioDecoders.CreateDefault();
        _frame = new ClipFrame(_cleaning, decoders);
        _items = items.ToDictionary(i => i.Plan.Id, StringComparer.Ordinal);
        _speakerGains = speakerGains ?? new Dictionary<string, double>();
        options.Target.Slicing.Validate();
        StageCatalog stages = catalog ?? StageCatalog.CreateDefault();
        // Ends and levels are decided for each clip, even if a list of stages names them; a recording is judged even if
        // none does.
        List<string> names =
        [
            .. (_cleaning.Stages.Count > 0 ? _cleaning.Stages : StandardChain.For(_cleaning)).Except([
                "strip-silence",
                "normalize-loudness",
            ]),
        ];
        if (!names.Contains("quality-gate"))
        {
            names.Insert(0, "quality-gate");
        }

        _stages = [.. names.Select(name => stages.Create(name, _cleaning, decoders))];
    }

    /// <summary>
    /// Makes the clips of one recording. Never throws for what the outside world does. Publishes the recording's record
    /// through the job, so that the batch's journal, resuming and locking apply; killed before that, the recording is
    /// done again with the same bytes.
    /// </summary>
    /// <param name="job">The recording.</param>
    /// <param name="cancellation">Stops within about a second of work.</param>
    public ClipReport Build(ClipJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        DatasetItem item = _items[job.Id];
        return _frame.Run(job, (clip, report) => Build(item, job, clip, report, cancellation), cancellation);
    }

    private ClipReport Build(
        DatasetItem item,
        ClipJob job,
        AudioClip clip,
        ClipReportBuilder report,
        CancellationToken cancellation)
    {
        try
        {
            Measurements before = report.Time("inspect", () => QualityGateStage.IsAmong(_stages)
                ? Inspector.MeasureLevels(clip, cancellation)
                : Inspector.Measure(clip, cancellation));
            report.Before(before);
            var levels = new SourceLevels(clip.Samples, clip.SampleRate, cancellation);
            foreach (IStage stage in _stages)
            {
                cancellation.ThrowIfCancellationRequested();
                report.Time(stage.Name, () => StageRun.Do(stage, clip, cancellation));
            }

            RecordingRecord record = report.Time(
                "slice",
                () => WriteClips(item, job, clip, before, levels, cancellation));
            clip.Findings.Set(new DatasetFigures(record));
            return report.Succeed(clip, report.Time("write", () => Publish(job, record)));
        }
        catch (ClipRefusedException)
        {
            RemoveOldClips(job, null);
            throw;
        }
    }

    private RecordingRecord WriteClips(
        DatasetItem item,
        ClipJob job,
        AudioClip clip,
        Measurements before,
        SourceLevels levels,
        CancellationToken cancellation)
    {
        Transcript? transcript = _transcripts.Find(job.Id);
        IReadOnlyList<Cue> cues = _transcripts.CuesOf(job.Id);
        SlicePlan plan = Slicer.Plan(
            clip,
            _options.Target.Slicing with
            {
                KeepWhole = transcript is not null,
                Sentences = SliceTexts.Sentences(clip, cues),
            },
            cancellation);
        if (plan.Slices.Count + plan.Dropped.Count == 0)
        {
            throw new ClipRefusedException(
                ReasonCodes.NoSpeech,
                "After cleaning no speech was found; check the recording.");
        }

        double? gain = _options.LoudnessPer switch
        {
            LoudnessScope.Recording => NormalizeLoudnessOptions.FixedGainDbRange.Clamped(
                _options.Target.LoudnessLufs
                    - LoudnessMeasurement.MeasureAtAnyLevel(clip.Samples, clip.SampleRate, cancellation)),
            LoudnessScope.Speaker => _speakerGains.TryGetValue(item.Speaker, out double ofSpeaker) ? ofSpeaker : null,
            _ => null,
        };
        double? known = double.IsNaN(gain ?? 0) ? null : gain;
        RecordingRecord? earlier = RecordingRecords.TryRead(job.OutputPath);
        var writer = new ClipWriter(_set, _options, item, job, clip, levels, known, earlier);
        var texts = SliceTexts.Of(clip, plan, transcript, cues);
        ClipRecord[] clips =
        [
            .. plan.Slices.Select((slice, i) => writer.Write(slice, texts.Of(i), cancellation)),
            .. plan.Dropped.Select((dropped, i) =>
                writer.WriteDropped(dropped, texts.Of(plan.Slices.Count + i), cancellation)),
        ];

        double rate = clip.SampleRate;
        RecordingRecord record = texts.Count(new RecordingRecord
        {
            Id = job.Id,
            SourceFullPath = Path.GetFullPath(job.InputPath),
            Speaker = item.Speaker,
            Stem = item.Stem,
            DurationS = clip.InputLength / rate,
            SpeechS = plan.SpeechLength / rate,
            KeptSpeechS = plan.KeptSpeechLength / rate,
            IntegratedLufs = before.IntegratedLufs ?? double.NaN,
            Transcript = transcript,
            Clips = [.. clips.OrderBy(c => c.StartS)],
        });
        RemoveOldClips(job, record);
        return record;
    }

    // Clips of an earlier run with other settings or another input.
    private void RemoveOldClips(ClipJob job, RecordingRecord? now)
    {
        if (RecordingRecords.TryRead(job.OutputPath) is { } old)
        {
            RecordingRecords.RemoveClips(_set, old, (now?.Clips ?? []).Select(c => c.File));
        }
    }

    private static FileFacts Publish(ClipJob job, RecordingRecord record)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, DatasetContext.Relaxed.RecordingRecord);
        job.Publish(stream => stream.Write(json));
        return new FileFacts
        {
            Path = job.OutputPath,
            SizeBytes = json.Length,
            Sha256 = Convert.ToHexStringLower(Sha256.HashData(json)),
            Container = "json",
            DurationS = record.Clips.Where(c => c.Reason is null).Sum(c => c.DurationS),
        };
    }
}
