using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly BatchWorkspace _work = new();

    [Fact]
    public void A_batch_makes_its_page_and_the_same_again_from_its_records_and_from_its_folder()
    {
        _work.Clips("a.wav", "b/c.wav");
        File.WriteAllText(_work["in/broken.wav"], "no sound");
        Assert.Equal(1, _work.Batch("--report", _work["run.html"]).ExitCode);
        string page = File.ReadAllText(_work["run.html"]);
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("\"counts\":[2,0,0,1,0,0]", page, StringComparison.Ordinal);
        Assert.Contains($"voiceclean batch {_work["in"]} --denoiser off", page, StringComparison.Ordinal);
        Assert.Contains($"-o {_work["out"]}\"", page, StringComparison.Ordinal);

        Assert.Equal(1, _work.Batch("--report", _work["run.jsonl"]).ExitCode);
        foreach (string source in (string[])["run.jsonl", "out"])
        {
            BuiltProgram.Result made = BuiltProgram.Run("report", _work[source], "-o", _work["again.html"]);
            Assert.Equal((0, ""), (made.ExitCode, made.Errors));
            Assert.Contains("b/c.wav", File.ReadAllText(_work["again.html"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shares_that_have_not_run_are_named_on_the_screen_and_in_the_report()
    {
        _work.Clips([.. Enumerable.Range(0, 12).Select(i => $"{i}.wav")]);
        Assert.Equal(0, _work.Batch("--shard", "2/3", "--report", _work["2.jsonl"]).ExitCode);
        foreach (string source in (string[])["2.jsonl", "out"])
        {
            BuiltProgram.Result made = BuiltProgram.Run("report", _work[source], "-o", _work["r.md"]);
            Assert.Equal(0, made.ExitCode);
            Assert.Contains("of 3 shards, nothing was found of 1, 3", made.Errors, StringComparison.Ordinal);
            Assert.Contains("of 3 shards, nothing was found of 1, 3", File.ReadAllText(_work["r.md"]),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_summary_has_the_words_that_do_it_again_whatever_they_came_from()
    {
        _work.Clips("a.wav");
        File.WriteAllText(_work["c.json"], """{"strength": 0.4}""");
        BuiltProgram.Result made = BuiltProgram.Run(
            "batch", _work["in"], "-o", _work["out"], "--config", _work["c.json"], "--gate", "off", "--json", "-j1");
        string[] words = [.. made.JsonLines[^1]["command"]!.AsArray().Select(w => (string)w!)];
        Assert.Equal(
            ["voiceclean", "batch", _work["in"], "--strength", "0.4", "--gate", "off", "-o", _work["out"]],
            words);
        BuiltProgram.Result again = BuiltProgram.Run([.. words.Skip(1), "--json"]);
        Assert.Equal("unchanged", (string?)again.JsonLines[0]["status"]);
    }

    [Fact]
    public void Inputs_that_look_like_options_and_repeated_options_stay_what_they_are()
    {
        var run = new RunSettings { Include = ["*.wav", "a b/**"], NoRecursive = true, Jobs = 3 };
        Assert.Equal(
            ["voiceclean", "batch", "--include", "*.wav", "--include", "a b/**", "--no-recursive", "--", "-x"],
            RepeatWords.Of("batch", ["-x"], run, new CleaningOptions(), OptionScope.Batch));
    }

    [Fact]
    public void One_recording_can_have_its_page_too()
    {
        BuiltProgram.Result made = BuiltProgram.Run(
            BuiltProgram.Sample("fan.wav"), _work["out.wav"], "--report", _work["one.html"]);
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("fan.wav", File.ReadAllText(_work["one.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "report.html", "report", "out")]
    [InlineData(2, "RECORDS is missing", "report", "-o", "r.html")]
    [InlineData(2, "r.txt: a report is called .html, .csv or .md.", "report", "x", "-o", "r.txt")]
    [InlineData(2, "--audio x: must be none, links or worst:N.", "report", "x", "-o", "r.md", "--audio", "x")]
    [InlineData(2, "--lang fr: must be", "report", "x", "-o", "r.md", "--lang", "fr")]
    [InlineData(4, "nowhere.jsonl", "report", "nowhere.jsonl", "-o", "r.html")]
    public void What_cannot_be_done_is_a_sentence(int exitCode, string sentence, params string[] words)
    {
        BuiltProgram.Result made = BuiltProgram.Run(words);
        Assert.Equal(exitCode, made.ExitCode);
        Assert.Contains(sentence, made.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _work.Dispose();
}
