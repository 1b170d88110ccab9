using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Runs;

namespace VoiceClean.Tests.Datasets;

/// <summary>Recordings in a temporary folder and the set made of them through the batch.</summary>
internal sealed class MadeSet : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Inputs => _folder["in"];

    public string Root => _folder["set"];

    public DatasetOptions Options { get; init; } = new() { Cleaning = new CleaningOptions { Denoiser = "off" } };

    public string? Speaker { get; set; }

    public IReadOnlyList<string> Transcripts { get; set; } = [];

    public IReadOnlyList<ClipReport> Reports { get; private set; } = [];

    public DatasetReport? Report { get; private set; }

    public IReadOnlyList<ClipRecord> Clips => [.. RecordingRecords.ReadAll(Root).SelectMany(r => r.Clips)];

    public IReadOnlyList<ClipRecord> Accepted => [.. Clips.Where(c => c.Reason is null)];

    public string Put(
        string name,
        float[] samples,
        int sampleRate = Talk.SampleRate,
        SampleEncoding encoding = SampleEncoding.Pcm16)
    {
        string path = Path.Combine(Inputs, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        WavWriter.Write(file, samples, sampleRate, encoding, name);
        return path;
    }

    public DatasetReport Make(DatasetOptions? options = null, CancellationToken stop = default) =>
        Run(options, stop).Report;

    public SetPlan Plan() => Build(null).Plan();

    public SetResult Run(DatasetOptions? options = null, CancellationToken stop = default)
    {
        var observer = new BatchFolder.Collector();
        SetResult result = Build(options).Run(observer, stop);
        Report = result.Report;
        Reports = observer.Reports;
        return result;
    }

    private BuildSet Build(DatasetOptions? options) =>
        new(
            new BuildSetOptions
            {
                Inputs = new RunInputs { Paths = [Inputs] },
                OutputFolder = Root,
                Set = options ?? Options,
                Speaker = Speaker,
                Transcripts = Transcripts,
                Batch = new BatchOptions { Jobs = 2 },
            });

    /// <summary>Names and hashes of everything but the journal and the memory of what was ever written.</summary>
    public IReadOnlyDictionary<string, string> Tree() =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Root, p))
            .Where(p =>
                !p.Contains("journal", StringComparison.Ordinal)
                && !p.EndsWith("lock", StringComparison.Ordinal)
                && !p.EndsWith("written.txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToDictionary(
                p => p,
                p =>
                    Convert.ToHexStringLower(
                        System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, p)))));

    public void Dispose() => _folder.Dispose();
}
