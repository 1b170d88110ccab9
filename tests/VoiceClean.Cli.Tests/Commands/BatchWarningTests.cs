using System.Text.Json.Nodes;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>What a run over many recordings says of those that have a result and a warning.</summary>
public sealed class BatchWarningTests : IDisposable
{
    private const string Line =
        "warnings: wrong_extension 2, truncated 1 (voiceclean report names the recordings)";

    private readonly BatchWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Warnings_are_counted_at_the_end_of_every_run_and_in_its_summary()
    {
        MakeClips();
        BuiltProgram.Result run = _work.Batch("--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(Line, run.Errors, StringComparison.Ordinal);
        Assert.Equal("""{"truncated":1,"wrong_extension":2}""", Warnings(run));

        // The results are as they were, and so is what must be known of them.
        BuiltProgram.Result again = _work.Batch("--json");
        Assert.Contains("3 unchanged", again.Errors, StringComparison.Ordinal);
        Assert.Contains(Line, again.Errors, StringComparison.Ordinal);
        Assert.Equal(Warnings(run), Warnings(again));
        Assert.Contains(
            "警告：wrong_extension 2, truncated 1（voiceclean report 列出各录音）",
            _work.Batch("--lang", "zh-CN").Errors,
            StringComparison.Ordinal);
        Assert.Equal("", _work.Batch("-q").Errors);
    }

    [Fact]
    public void Nothing_is_said_where_there_are_none()
    {
        _work.Clips("a.wav");
        BuiltProgram.Result run = _work.Batch("--json");
        Assert.DoesNotContain("warnings", run.Errors, StringComparison.Ordinal);
        Assert.Equal("{}", Warnings(run));
    }

    [Fact]
    public void The_command_that_is_named_names_them()
    {
        MakeClips();
        _work.Batch();
        string table = BuiltProgram.Run("report", _work["out"], "-o", _work["r.md"]).Errors
            + File.ReadAllText(_work["r.md"]);
        Assert.Contains("(`wrong_extension`): 2", table, StringComparison.Ordinal);
        Assert.Contains("b.flac", table, StringComparison.Ordinal);
    }

    private static string Warnings(BuiltProgram.Result run) =>
        ((JsonNode)run.JsonLines[^1])["warnings"]!.ToJsonString();

    // Two that are not what they are called, of which one is cut off, and one that is fine.
    private void MakeClips()
    {
        _work.Clips("a.wav", "b.flac", "c.mp3");
        using FileStream cut = File.OpenWrite(_work["in/c.mp3"]);
        cut.SetLength(cut.Length - 1000);
    }
}
