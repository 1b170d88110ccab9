using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Inspection;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Runs;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>Whoever asks about a recording gets the same verdict, for the same reason, in the same words.</summary>
public sealed class JudgeAgreementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("default", 216, 30)]
    [InlineData("strict", 72, 10)]
    public void All_commands_agree_about_made_recordings(string options, int count, int leastOfEither) =>
        AssertAgreement(JudgedRecordings.Made(count), OptionsOf(options), leastOfEither);

    [Fact]
    public void All_commands_agree_about_real_recordings()
        => AssertAgreement(JudgedRecordings.Real(EvaluationClips.LoadClean()), new CleaningOptions(), 10);

    public void Dispose() => _folder.Dispose();

    private static CleaningOptions OptionsOf(string name) => name switch
    {
        "strict" => new CleaningOptions
        {
            Gate = new QualityGateOptions
            {
                MinSnrDb = 10,
                MinSpeech = TimeSpan.FromSeconds(2),
                MaxClippedShare = 0.001,
            },
        },
        _ => new CleaningOptions(),
    };

    private void AssertAgreement(
        IEnumerable<(string Name, float[] Samples)> recordings,
        CleaningOptions options,
        int leastOfEither)
    {
        foreach ((string name, float[] samples) in recordings)
        {
            File.WriteAllBytes(_folder[$"{name}.wav"], TestWav.Pcm16(JudgedRecordings.SampleRate, samples));
        }

        var inputs = new RunInputs { Paths = [_folder.Path] };
        var batch = new BatchOptions { Jobs = 2 };
        using var results = new TemporaryFolder();
        Dictionary<string, (string?, string?)> inspected = Verdicts(observer =>
            new InspectFolder(
                new InspectFolderOptions { Inputs = inputs, Cleaning = options, RejectHopeless = true, Jobs = 2 })
                .Run(observer, Stop));
        Assert.InRange(inspected.Values.Count(v => v.Item1 is null), leastOfEither, inspected.Count - leastOfEither);
        AssertSame(inspected, Verdicts(observer => Clean(options, "cleaned", observer)));
        // At strength 0 neither hum nor rumble is removed, and yet they do not count as noise.
        AssertSame(inspected, Verdicts(observer => Clean(Untouched(options), "dry", observer)));
        AssertSame(inspected, Verdicts(observer =>
            new BuildSet(
                new BuildSetOptions
                {
                    Inputs = inputs,
                    OutputFolder = results["set"],
                    Set = new DatasetOptions { Cleaning = options },
                    Batch = batch,
                }).Run(observer, Stop)));

        void Clean(CleaningOptions cleaning, string output, IRunObserver observer) =>
            new CleanFolder(
                new CleanFolderOptions
                {
                    Inputs = inputs,
                    OutputFolder = results[output],
                    Cleaning = cleaning,
                    Batch = batch,
                }).Run(observer, Stop);
    }

    private static CleaningOptions Untouched(CleaningOptions options) =>
        options with { SpectralGate = new SpectralGateOptions { Strength = 0 } };

    private static Dictionary<string, (string?, string?)> Verdicts(Action<BatchFolder.Collector> run)
    {
        // A batch measures nothing where nobody reads it; the verdict must not depend on that.
        var observer = new BatchFolder.Collector { ReadsMeasurements = false };
        run(observer);
        return observer.Reports.ToDictionary(
            r => r.Id,
            r => IsOfTheRecording(r) ? (r.Reason, r.Message) : (null, null),
            StringComparer.Ordinal);
    }

    // A set finds no clip where nothing is left after cleaning: that is no verdict on the recording.
    private static bool IsOfTheRecording(ClipReport report) =>
        report.Message?.StartsWith("After cleaning", StringComparison.Ordinal) != true;

    private static void AssertSame(
        Dictionary<string, (string?, string?)> expected,
        Dictionary<string, (string?, string?)> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Empty(
            expected
                .Where(e => actual[e.Key] != e.Value)
                .Select(e => $"{e.Key}: {e.Value} but {actual[e.Key]}"));
    }
}
