using System.Text.Json;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public sealed class DryRunTests : IDisposable
{
    private readonly BatchWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("clean", "{IN} {OUT}.wav", "clean", "{OUT}.wav")]
    [InlineData("batch", "{IN} -o {OUT}", "clean", "{OUT}/a.wav")]
    [InlineData("dataset", "{IN} -o {OUT} --speaker anna", "clean", "anna/a_*.wav")]
    public void With_json_every_line_is_an_object_and_the_last_one_the_sum(
        string command,
        string words,
        string action,
        string output)
    {
        _work.Clips("a.wav");
        BuiltProgram.Result run = BuiltProgram.Run([command, .. Put(words).Split(' '), "--dry-run", "--json"]);
        Assert.Equal(0, run.ExitCode);
        JsonElement[] lines =
            [.. run.Text.TrimEnd().Split('\n').Select(l => JsonElement.Parse(l))];
        Assert.Equal(["file", "summary"], lines.Select(l => l.GetProperty("event").GetString()));
        Assert.All(lines, l => Assert.Equal("voiceclean.plan/1", l.GetProperty("schema").GetString()));
        Assert.Equal(
            (action, _work["in/a.wav"], Put(output)),
            (
                lines[0].GetProperty("action").GetString(),
                lines[0].GetProperty("input").GetString(),
                lines[0].GetProperty("output").GetString()));
        Assert.Equal(1, lines[1].GetProperty("counts").GetProperty(action).GetInt32());
        Assert.False(Directory.Exists(_work["out"]) || File.Exists(_work["out.wav"]));
    }

    [Fact]
    public void A_verdict_that_would_be_kept_promises_no_file()
    {
        Directory.CreateDirectory(_work["in"]);
        File.WriteAllBytes(_work["in/a.wav"], TestWav.Pcm16(32_000, new float[32_000]));
        string[] words = ["batch", _work["in"], "-o", _work["out"]];
        Assert.Equal(0, BuiltProgram.Run([.. words, "-q"]).ExitCode);
        BuiltProgram.Result run = BuiltProgram.Run([.. words, "-n", "--json"]);
        JsonElement step = JsonElement.Parse(run.Text.Split('\n')[0]);
        Assert.Equal("keep", step.GetProperty("action").GetString());
        Assert.Equal(JsonValueKind.Null, step.GetProperty("output").ValueKind);
        Assert.Equal("was refused, and has not changed since", step.GetProperty("message").GetString());
    }

    private string Put(string words) => words
        .Replace("{IN}", _work["in/a.wav"], StringComparison.Ordinal)
        .Replace("{OUT}", _work["out"], StringComparison.Ordinal);
}
