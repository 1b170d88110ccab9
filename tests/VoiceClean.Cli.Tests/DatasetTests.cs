using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests;

public class DatasetTests
{
    [Fact]
    public void A_check_says_which_shards_are_missing()
    {
        using var space = new TemporaryFolder();
        string[] names = ["fan", "hum", "keyboard"];
        Directory.CreateDirectory(space["in"]);
        foreach (string name in names)
        {
            File.Copy(BuiltProgram.Sample($"{name}.wav"), space[$"in/{name}.wav"]);
        }

        const string text = "The quick brown fox jumps over the lazy dog in the sun.";
        File.WriteAllLines(space["t.csv"], names.Select(n => $"{n}|{text}"));
        // Of these names none falls to the second shard, which is complete then.
        foreach ((int shard, string? missing) in new[] { (1, "2, 3"), (2, "3"), (3, null) })
        {
            BuiltProgram.Result made = BuiltProgram.Run(
                "dataset", space["in"], "-o", space["set"], "--speaker", "s", "--language", "en",
                "--transcripts", space["t.csv"], "--shard", $"{shard}/3");
            Assert.True(made.ExitCode == 0, made.Errors);
            BuiltProgram.Result check = BuiltProgram.Run("check", space["set"]);
            Assert.Equal(missing is null ? 0 : 1, check.ExitCode);
            Assert.Equal(
                missing is null ? "" : $"warning: Not complete: of 3 shards, nothing was found of {missing} "
                    + $"({space["set"]}).\n",
                check.Errors);
        }

        Assert.Equal("", BuiltProgram.Run("check", space["set"], "-q").Errors);
    }

    [Theory]
    [InlineData]
    [InlineData("-q")]
    public void That_nobody_told_the_language_stands_in_every_record_also_with_a_quiet_screen(params string[] quiet)
    {
        using var space = new TemporaryFolder();
        foreach (string speaker in new[] { "anna", "bob" })
        {
            Directory.CreateDirectory(space[$"in/{speaker}"]);
            File.Copy(BuiltProgram.Sample("fan.wav"), space[$"in/{speaker}/1.wav"]);
        }

        File.WriteAllText(space["in/anna/1.txt"], "今天天气很好");
        File.WriteAllText(space["in/bob/1.txt"], "12 34");
        BuiltProgram.Result made = BuiltProgram.Run(["dataset", space["in"], "-o", space["set"], "--json", .. quiet]);
        Assert.Equal(0, made.ExitCode);
        Assert.Equal(
            quiet.Length == 0,
            made.Errors.Contains("language of 1 clip is not known and stands as EN", StringComparison.Ordinal));
        Assert.Equal(1, (int?)made.JsonLines[^1]["clips_without_language"]);
        JsonNode report = JsonNode.Parse(File.ReadAllText(space["set/report.json"]))!;
        Assert.Equal(1, (int?)report["clips_without_language"]);
        Assert.Equal(1, (int?)report["languages"]!["zh"]);
        Assert.Null(JsonNode.Parse(File.ReadAllLines(space["set/bob.jsonl"])[0])!["language"]);
        Assert.Contains("|bob|EN|", File.ReadAllText(space["set/bob.list"]), StringComparison.Ordinal);
        Assert.Contains("|anna|ZH|", File.ReadAllText(space["set/anna.list"]), StringComparison.Ordinal);

        BuiltProgram.Result told = BuiltProgram.Run(
            ["dataset", space["in"], "-o", space["told"], "--json", "--language", "ko", .. quiet]);
        Assert.Null(told.JsonLines[^1]["clips_without_language"]);
    }

    [Fact]
    public void A_set_is_made_checked_and_resumed()
    {
        using var space = new TemporaryFolder();
        string samples = Path.GetDirectoryName(BuiltProgram.Sample("hum.wav"))!;
        BuiltProgram.Result made = BuiltProgram.Run(
            "dataset",
            samples,
            "-o",
            space["set"],
            "--speaker",
            "espeak",
            "--include",
            "*.wav",
            "--language",
            "en",
            "--json",
            "--paths",
            "relative");
        Assert.Equal(0, made.ExitCode);
        Assert.Equal(["ok", "ok", "ok", null], made.JsonLines.Select(l => (string?)l["status"]));
        Assert.Contains("reference: espeak/", made.Errors, StringComparison.Ordinal);
        string[] list = File.ReadAllLines(space["set/espeak.list"]);
        Assert.Equal(3, list.Length);
        Assert.All(list, l => Assert.Matches(@"^espeak/\w+_\d{8}_\d{8}\.wav\|espeak\|EN\|$", l));

        // Nobody has said what is said, and relative paths lead nowhere unless the trainer is given the folder.
        BuiltProgram.Result check = BuiltProgram.Run("check", space["set"], "--json");
        Assert.Equal(3, check.ExitCode);
        Assert.Equal(
            [3, 0, 3, 3],
            new[] { "dropped", "altered", "clips", "without_text" }.Select(k => (int)check.JsonLines[^1][k]!));

        BuiltProgram.Result again = BuiltProgram.Run(
            "dataset",
            samples,
            "-o",
            space["set"],
            "--speaker",
            "espeak",
            "--include",
            "*.wav",
            "--language",
            "en",
            "--json",
            "--paths",
            "relative");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(["unchanged", "unchanged", "unchanged", null], again.JsonLines.Select(l => (string?)l["status"]));

        BuiltProgram.Result text = BuiltProgram.Run("check", space["set"]);
        Assert.Contains("3 clips without text\n", text.Text, StringComparison.Ordinal);
        Assert.Contains("path: the path in the list leads to no file", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("(here 1)", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_with_texts_is_right_for_the_trainer_it_was_made_for()
    {
        using var space = new TemporaryFolder();
        string sample = BuiltProgram.Sample("hum.wav");
        File.WriteAllText(
            space["texts.list"],
            "hum.wav|x|English|\"The quick brown fox,\" he said, jumps over the lazy dog and runs.\n");
        BuiltProgram.Result made = BuiltProgram.Run(
            "dataset", sample, "-o", space["set"], "--transcripts", space["texts.list"], "--target", "xtts");
        Assert.Equal(0, made.ExitCode);
        BuiltProgram.Result check = BuiltProgram.Run("check", space["set"]);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("1 clip for xtts: 0 would be dropped", check.Text, StringComparison.Ordinal);
        File.WriteAllText(space["set/samples/cover.jpg"], "no sound");
        Assert.Equal(check.Text, BuiltProgram.Run("check", space["set"]).Text);
    }

    [Fact]
    public void Paths_that_the_trainer_cannot_read_are_usage_errors()
    {
        using var space = new TemporaryFolder();
        string sample = BuiltProgram.Sample("hum.wav");
        BuiltProgram.Result relative = BuiltProgram.Run(
            "dataset", sample, "-o", space["set"], "--target", "f5-tts", "--paths", "relative");
        Assert.Equal(2, relative.ExitCode);
        Assert.Contains("--paths relative: f5-tts takes absolute", relative.Errors, StringComparison.Ordinal);
        Assert.Equal(2, BuiltProgram.Run("dataset", sample, "-o", space["a|b"]).ExitCode);
        Assert.Empty(space.Names());
    }

    [Fact]
    public void Wrong_targets_and_languages_are_usage_errors_and_touch_nothing()
    {
        using var space = new TemporaryFolder();
        string sample = BuiltProgram.Sample("hum.wav");
        BuiltProgram.Result unknown = BuiltProgram.Run("dataset", sample, "-o", space["set"], "--target", "tortoise");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("gpt-sovits", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(2, BuiltProgram.Run("dataset", sample, "-o", space["set"], "--language", "tlh").ExitCode);
        File.WriteAllText(space["mine.json"], "{\"max_clip_s\": \"long\"}");
        Assert.Equal(
            2,
            BuiltProgram.Run("dataset", sample, "-o", space["set"], "--target", space["mine.json"]).ExitCode);
        Assert.Equal(4, BuiltProgram.Run("check", space["set"]).ExitCode);
        Assert.Equal(["mine.json"], space.Names());
    }

    [Fact]
    public void Killed_at_any_time_the_same_command_makes_the_same_set()
    {
        using var space = new TemporaryFolder();
        string samples = Path.GetDirectoryName(BuiltProgram.Sample("hum.wav"))!;
        string[] Command(string set) =>
            [
                "dataset",
                samples,
                "-o",
                space[set],
                "--speaker",
                "espeak",
                "--include",
                "*.wav",
                "--paths",
                "relative",
                "-q",
            ];
        Assert.Equal(0, BuiltProgram.Run(Command("undisturbed")).ExitCode);
        foreach (int files in (int[])[1, 2, 4, 5, 6])
        {
            using System.Diagnostics.Process process = BuiltProgram.Start(Command("killed"));
            Await.Until(
                () =>
                    process.HasExited
                    || (Directory.Exists(space["killed"])
                        && Directory.GetFiles(space["killed"], "*", SearchOption.AllDirectories).Length >= files),
                $"The set has {files} files");
            process.Kill();
            Await.Exit(process);
        }

        Assert.Equal(0, BuiltProgram.Run(Command("killed")).ExitCode);
        Assert.Equal(Tree(space["undisturbed"]), Tree(space["killed"]));
    }

    private static (string, string)[] Tree(string root) =>
        [
            .. Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(p => (Path.GetRelativePath(root, p), p))
                .Where(p =>
                    !p.Item1.Contains("journal", StringComparison.Ordinal)
                    && !p.Item1.EndsWith("lock", StringComparison.Ordinal))
                .OrderBy(p => p.Item1, StringComparer.Ordinal)
                .Select(p =>
                    (
                        p.Item1,
                        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(p.p))))
                ),
        ];
}
