using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Tests.Datasets;

/// <summary>Recordings in a temporary folder and the set made of them through the batch.</summary>
internal sealed class MadeSet : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Inputs => _folder["in"];

    public string Root => _folder["set"];

    public DatasetOptions Options { get; init; } = new() { Cleaning = new CleaningOptions { Denoiser = "off" } };

    public string? Speaker { get; set; }

    public TranscriptIndex Transcripts { get; set; } = TranscriptIndex.Load(null);

    public IReadOnlyList<ClipReport> Reports { get; private set; } = [];

    public DatasetReport? Report { get; private set; }

    public IReadOnlyList<ClipRecord> Clips => [.. RecordingRecords.ReadAll(Root).SelectMany(r => r.Clips)];

    public IReadOnlyList<ClipRecord> Accepted => [.. Clips.Where(c => c.Reason is null)];

    public string Put(string name, float[] samples, int sampleRate = Talk.SampleRate)
    {
        string path = Path.Combine(Inputs, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        WavWriter.Write(file, samples, sampleRate, SampleEncoding.Pcm16, name);
        return path;
    }

    public DatasetReport Make(DatasetOptions? options = null, CancellationToken stop = default)
    {
        options ??= Options;
        var selection = FileSelection.Select([Inputs], [], new SelectionOptions(), AudioDecoders.CreateDefault(), stop);
        IReadOnlyList<DatasetItem> items = DatasetPlan.Make(selection.Files, Root, Speaker, "speaker");
        var gains =
            options.LoudnessPer == LoudnessScope.Speaker
                ? GroupGains.Measure(
                    [.. items.Select(i => i.Plan)],
                    p => items.First(i => i.Plan.Id == p.Id).Speaker,
                    options.EffectiveCleaning.ToLoadOptions(),
                    AudioDecoders.CreateDefault(),
                    options.Target.LoudnessLufs,
                    2,
                    stop)
                : new Dictionary<string, double>();
        var builder = new DatasetBuilder(Root, options, items, Transcripts, gains);
        using var state = StateFolder.Open(Root, Shard.Whole);
        RecordingRecords.RemoveOutdated(Root, items, Transcripts);
        var observer = new Listener();
        new BatchRunner(state, new BatchOptions { Jobs = 2 }, options.Hash(gains)).Run(
            [.. items.Select(i => i.Plan)],
            builder.Build,
            observer,
            stop);
        Reports = observer.Reports;
        Report = DatasetFiles.Write(
            Root,
            options,
            Reports.Where(r => r.Status is ClipStatus.Rejected or ClipStatus.Failed));
        return Report;
    }

    /// <summary>Names and hashes of everything but the journal.</summary>
    public IReadOnlyDictionary<string, string> Tree() =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Root, p))
            .Where(p =>
                !p.Contains("journal", StringComparison.Ordinal) && !p.EndsWith("lock", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToDictionary(
                p => p,
                p =>
                    Convert.ToHexStringLower(
                        System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, p)))));

    public void Dispose() => _folder.Dispose();

    private sealed class Listener : IBatchObserver
    {
        public List<ClipReport> Reports { get; } = [];

        public void Settled(ClipReport report)
        {
        }

        public void Report(ClipReport report) => Reports.Add(report);
    }
}
