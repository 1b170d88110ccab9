using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.NormalizeLoudness;

namespace VoiceClean.Datasets;

/// <summary>Turns the slices of one recording into files. Used by one thread.</summary>
internal sealed class ClipWriter(
    SetFolders set,
    DatasetOptions options,
    DatasetItem item,
    ClipJob job,
    AudioClip recording,
    SourceLevels levels,
    double? gainDb,
    RecordingRecord? earlier)
{
    private readonly Dictionary<string, string> _written =
        (earlier?.Clips ?? []).DistinctBy(c => c.File).ToDictionary(c => c.File, c => c.Sha256, StringComparer.Ordinal);

    private readonly NormalizeLoudnessStage _loudness = new(options.Loudness with { FixedGainDb = gainDb });
    private readonly SourceClipping? _clipping = recording.Findings.TryGet<SourceClipping>();
    private readonly DamagedPlaces? _damage = recording.Findings.TryGet<DamagedPlaces>();

    /// <summary>Writes the clip of a slice, into the folder of the rejected if it does not deserve better.</summary>
    public ClipRecord Write(Slice slice, ClipText? text, CancellationToken cancellation) =>
        Write(slice, text, null, null, cancellation);

    /// <summary>Writes speech that makes no clip into the folder of the rejected.</summary>
    public ClipRecord WriteDropped(DroppedStretch dropped, ClipText? text, CancellationToken cancellation)
    {
        var slice = new Slice([dropped.Range], CutKind.Pause, CutKind.Pause, [dropped.Range]);
        return Write(
            slice,
            text,
            dropped.Reason,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(double)dropped.Range.Length / recording.SampleRate:0.00} s are too short for a clip, and no "
                    + $"neighbour can take them in."),
            cancellation);
    }

    private ClipRecord Write(
        Slice slice,
        ClipText? text,
        string? reason,
        string? message,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        double rate = recording.SampleRate;
        IReadOnlyList<TimeMapEntry> map = TimeMap.Of(recording, slice.Ranges);
        double start = map[0].SourceS, end = map[^1].SourceS + map[^1].LengthS;
        string name = ClipNames.Of(item.Stem, start, end);
        (double speechDb, double ratio) = levels.Measure(slice.Speech.SelectMany(s => ToSource(s)));
        int clipped = _clipping?.Times.Count(t => map.Any(e => t >= e.SourceS && t < e.SourceS + e.LengthS)) ?? 0;
        (reason, message) = reason is null ? Check(ratio, clipped, start, end) : (reason, message);
        // The id seeds the dither; it must not depend on where the set lies.
        using AudioClip clip = SliceCutter.Cut(recording, slice, $"{item.Speaker}/{name}", options.Target.Slicing.Fade);
        var voice = VoiceFigures.Measure(clip.Samples, clip.SampleRate, cancellation);
        _loudness.Process(clip, cancellation);
        AppliedGain gain = clip.Findings.Get<AppliedGain>();
        var activity = new SpeechActivity(clip.SampleRate, clip.Samples.Length, SpeechInClip(slice), 0, 0, 0);
        (double tilt, double colour) = SpectrumSlopes.Measure(clip.Samples, activity, cancellation);
        double bandwidth =
            BandwidthMeter.Measure(clip.Samples, clip.SampleRate, DigitalSilence.Of(clip), cancellation);
        string file = reason is null
            ? $"{options.Target.FolderOf(item.Speaker)}/{name}"
            : $"{DatasetPlan.RejectedFolder}/{item.Speaker}/{name}";
        FileFacts facts = Publish(clip, file);
        return new ClipRecord
        {
            File = file,
            Speaker = item.Speaker,
            Source = job.Id,
            SourcePath = job.InputPath,
            Reason = reason,
            Message = message,
            Text = text?.Text,
            TextFit = text?.Fit,
            UntoldS = text?.UntoldS,
            Language = Languages.Resolve(text?.Language, options.Language, text?.Text),
            TimeMap = map,
            StartS = start,
            EndS = end,
            StartCut = slice.Start,
            EndCut = slice.End,
            DurationS = slice.Length / rate,
            SpeechS = slice.SpeechLength / rate,
            LevelRatioDb = ratio,
            SpeechDbfs = speechDb,
            VoicedS = voice.VoicedS,
            LongestVoicedS = voice.LongestS,
            SteadyShare = voice.SteadyShare,
            ClippedRuns = clipped,
            IntegratedLufs = gain.IntegratedLufs,
            TruePeakDbtp = gain.TruePeakDb,
            BandwidthHz = bandwidth,
            SpectralTiltDbPerOctave = tilt,
            NoiseColourDbPerOctave = colour,
            GainDb = gain.GainDb,
            SizeBytes = facts.SizeBytes ?? 0,
            Sha256 = facts.Sha256 ?? "",
            Warnings = [.. Warn(ratio, clipped, bandwidth, slice).Concat(clip.Warnings.Select(w => w.Code)).Distinct()],
        };
    }

    private (string? Reason, string? Message) Check(double ratio, int clipped, double start, double end)
    {
        if (_damage?.Within(start, end) is var (from, to))
        {
            return (
                ReasonCodes.Damaged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"At {from:0.000} s the recording is damaged, and {(to > from
                        ? $"{to - from:0.000} s of silence stand there"
                        : "what follows may be joined on")}."));
        }

        if (ratio < options.MinLevelRatioDb)
        {
            return (
                ReasonCodes.SnrTooLow,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Before cleaning the voice was only {ratio:0.0} dB above the background, less than "
                        + $"{options.MinLevelRatioDb:0.#} dB."));
        }

        return clipped > 0 && _clipping!.Share > options.MaxClippedShare
            ? (
                ReasonCodes.Clipped,
                FormattableString.Invariant(
                    $"{_clipping.Share * 100:0.##} % of the recording is clipped, here {clipped} times."))
            : (null, null);
    }

    private IEnumerable<string> Warn(double ratio, int clipped, double bandwidth, Slice slice)
    {
        if (ratio < options.WarnLevelRatioDb)
        {
            yield return WarningCodes.LowSnr;
        }

        if (clipped > 0)
        {
            yield return ReasonCodes.Clipped;
        }

        if (bandwidth < options.WarnBandwidthHz)
        {
            yield return WarningCodes.NarrowBand;
        }

        if (slice.SpeechLength < 0.4 * slice.Length)
        {
            yield return "little_speech";
        }
    }

    // Where a stretch of the cleaned recording was before anything was cut out of it.
    private IEnumerable<SampleRange> ToSource(SampleRange range) =>
        TimeMap
            .Of(recording, [range])
            .Select(e => new SampleRange(
                (int)Math.Round(e.SourceS * recording.SampleRate),
                (int)Math.Round((e.SourceS + e.LengthS) * recording.SampleRate)));

    private static List<SampleRange> SpeechInClip(Slice slice)
    {
        var speech = new List<SampleRange>();
        int at = 0;
        foreach (SampleRange range in slice.Ranges)
        {
            foreach (SampleRange s in slice.Speech)
            {
                int from = Math.Max(s.Start, range.Start), to = Math.Min(s.End, range.End);
                if (from < to)
                {
                    speech.Add(new SampleRange(at + from - range.Start, at + to - range.Start));
                }
            }

            at += range.Length;
        }

        return speech;
    }

    private FileFacts Publish(AudioClip clip, string file)
    {
        string path = Path.Combine(set.Root, file.Replace('/', Path.DirectorySeparatorChar)),
            folder = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, folder);
        }

        // Names with stem and times are ours: what has one is an older version of the same clip.
        FileFacts facts = new() { Path = path };
        Action<string?> replaced = EditedClips.Replacing(set.Root, file, _written.GetValueOrDefault(file, ""));
        AtomicFile.Write(
            path,
            overwrite: true,
            stream => facts = ResultWriter.Write(stream, clip, options.EffectiveCleaning.Output.Encoding, file),
            set.Files);
        replaced(facts.Sha256);
        return facts;
    }
}
