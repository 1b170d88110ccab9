using VoiceClean.Cleaning.Options;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Reporting;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Files;

public sealed class InputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("voiceclean-test-").FullName;

    private string Fifo => Path.Combine(_folder, "fifo.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Readers => [.. Reading.Keys];

    private static readonly Dictionary<string, Action<string, CancellationToken>> Reading = new()
    {
        ["text"] = (path, stop) => InputFile.ReadText(path, stop),
        ["configuration"] = (path, stop) => OptionFile.Load(path, null, stop),
        ["transcripts"] = (path, stop) => TranscriptIndex.Load([path], stop: stop),
        ["records"] = (path, stop) =>
        {
            using var reader = new RecordReader();
            reader.Add(path, stop);
        },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void Who_waits_for_the_writer_of_a_FIFO_stops_waiting_when_told_to(string reader)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no FIFOs");
        ExternalProgram.Run("mkfifo", Fifo);
        using var stop = new CancellationTokenSource(50);
        Assert.ThrowsAny<OperationCanceledException>(() => Reading[reader](Fifo, stop.Token));
    }

    [Fact]
    public async Task A_configuration_is_read_from_a_FIFO()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no FIFOs");
        ExternalProgram.Run("mkfifo", Fifo);
        CancellationToken stop = TestContext.Current.CancellationToken;
        var writer = Task.Run(() => File.WriteAllText(Fifo, """{"strength": 0.3}"""), stop);
        Assert.Equal(0.3, OptionFile.Load(Fifo, null, stop).Strength);
        await writer;
    }

    [Fact]
    public void A_configuration_that_is_missing_is_told_with_a_token_too()
    {
        using var stop = new CancellationTokenSource();
        var e = Assert.Throws<VoiceCleanException>(() => OptionFile.Load(Fifo, null, stop.Token));
        Assert.Contains("does not exist", e.Message, StringComparison.Ordinal);
    }
}
