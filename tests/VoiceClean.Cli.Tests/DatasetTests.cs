using Xunit;

namespace VoiceClean.Cli.Tests;

public class DatasetTests
{
    [Fact]
    public void A_set_is_made_checked_and_resumed()
    {
        using var space = new Workspace();
        string samples = Path.GetDirectoryName(BuiltProgram.Sample("hum.wav"))!;
        BuiltProgram.Result made = BuiltProgram.Run("dataset", samples, "-o", space["set"], "--speaker", "espeak", "--include", "*.wav", "--language", "en", "--json", "--paths", "relative");
        Assert.Equal(0, made.ExitCode);
        Assert.Equal(["ok", "ok", "ok", null], made.JsonLines.Select(l => (string?)l["status"]));
        Assert.Contains("reference: espeak/", made.Errors, StringComparison.Ordinal);
        string[] list = File.ReadAllLines(space["set/espeak.list"]);
        Assert.Equal(3, list.Length);
        Assert.All(list, l => Assert.Matches(@"^espeak/\w+_\d{8}_\d{8}\.wav\|espeak\|EN\|$", l));

        BuiltProgram.Result check = BuiltProgram.Run("check", space["set"], "--json");
        Assert.Equal(0, check.ExitCode);
        Assert.Equal([0, 0, 3], new[] { "dropped", "altered", "clips" }.Select(k => (int)check.JsonLines[^1][k]!));

        BuiltProgram.Result again = BuiltProgram.Run("dataset", samples, "-o", space["set"], "--speaker", "espeak", "--include", "*.wav", "--language", "en", "--json", "--paths", "relative");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(["unchanged", "unchanged", "unchanged", null], again.JsonLines.Select(l => (string?)l["status"]));

        File.WriteAllText(space["set/espeak/cover.jpg"], "no sound");
        BuiltProgram.Result foreign = BuiltProgram.Run("check", space["set"]);
        Assert.Equal(3, foreign.ExitCode);
        Assert.Contains("dropped  espeak/cover.jpg", foreign.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_targets_and_languages_are_usage_errors_and_touch_nothing()
    {
        using var space = new Workspace();
        string sample = BuiltProgram.Sample("hum.wav");
        BuiltProgram.Result unknown = BuiltProgram.Run("dataset", sample, "-o", space["set"], "--target", "tortoise");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("gpt-sovits", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(2, BuiltProgram.Run("dataset", sample, "-o", space["set"], "--language", "tlh").ExitCode);
        File.WriteAllText(space["mine.json"], "{\"max_clip_s\": \"long\"}");
        Assert.Equal(2, BuiltProgram.Run("dataset", sample, "-o", space["set"], "--target", space["mine.json"]).ExitCode);
        Assert.Equal(4, BuiltProgram.Run("check", space["set"]).ExitCode);
        Assert.Equal(["mine.json"], space.Content);
    }
}
