using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class CommandOptionsTests
{
    [Fact]
    public void Option_beats_variable_beats_configuration_beats_default_also_where_one_sets_several_things()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"strength": 0.1, "rate": 16000, "min_snr": 3}""");
        string config = $"--config={folder["c.json"]}";
        Assert.Equal(0.6, Read([], []).Strength);
        Assert.Equal(0.1, Read([config], []).Strength);
        Assert.Equal(0.2, Read([config], [("VOICECLEAN_STRENGTH", "0.2")]).Strength);
        Assert.Equal(0.3, Read([config, "--strength=0.3"], [("VOICECLEAN_STRENGTH", "0.2")]).Strength);
        // a variable for one stage stands below an option for all of them
        Assert.Equal(0.3, Read([config, "--strength=0.3"], [("VOICECLEAN_CLICKS_STRENGTH", "0.9")]).Strength);
        Assert.Equal(16_000, Read([config, "--strength=0.3"], []).SampleRate);
        Assert.Equal(3, Read([], [("VOICECLEAN_CONFIG", folder["c.json"])]).Gate.MinSnrDb);
    }

    [Fact]
    public void An_option_switches_off_what_the_configuration_switches_on()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"compress": true}""");
        Assert.True(Read([$"--config={folder["c.json"]}"], []).Compress.Enabled);
        Assert.False(Read([$"--config={folder["c.json"]}", "--compress=false"], []).Compress.Enabled);
    }

    [Fact]
    public void Every_option_that_writes_a_file_says_so()
        => Assert.Equal(
            ["log-file", "output", "report", "state"],
            RunRows.All
                .Concat<OptionRow>(OptionTable.Cleaning.Rows)
                .Where(r => r.Writes != OptionWrites.Nothing)
                .Select(r => r.Name)
                .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(nameof(OptionScope.Clean))]
    [InlineData(nameof(OptionScope.Batch))]
    [InlineData(nameof(OptionScope.Inspect))]
    [InlineData(nameof(OptionScope.Dataset))]
    [InlineData(nameof(OptionScope.Check))]
    public void No_two_options_of_a_command_have_the_same_name_long_or_short(string scope)
    {
        var options = new CommandOptions(Enum.Parse<OptionScope>(scope));
        string[] names = [.. options.Rows.SelectMany(r => r.Aliases.Append(r.Flag))];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void An_option_has_the_same_words_and_short_names_in_every_command()
    {
        foreach (IGrouping<string, OptionRow> same in RunRows.All.GroupBy<OptionRow, string>(r => r.Name))
        {
            Assert.Single(same.Select(r => string.Join(' ', r.Aliases)).Distinct());
            Assert.Single(same.Select(r => r.ValueName).Distinct());
        }
    }

    [Theory]
    [InlineData("--force=true", "", "", "", "Always")]
    [InlineData("--force=true", "--overwrite=always", "", "", "Always")]
    [InlineData("--overwrite=never", "", "1", "", "Never")]
    [InlineData("--overwrite=stale", "", "1", "", "Stale")]
    [InlineData("--force=true", "", "", "never", "Always")]
    [InlineData("--force=false", "", "1", "never", "Never")]
    [InlineData("--force=true", "--overwrite=never", "", "", null)]
    [InlineData("--overwrite=stale", "--force=true", "", "", null)]
    [InlineData("--progress=none", "", "1", "never", null)]
    public void Nothing_is_overwritten_that_the_nearer_word_forbids(
        string first,
        string second,
        string force,
        string overwrite,
        string? expected)
    {
        var options = new CommandOptions(OptionScope.Batch);
        var command = new RootCommand();
        options.AddTo(command);
        ParseResult parsed = command.Parse([first, .. second.Length > 0 ? [second] : Array.Empty<string>()]);
        if (expected is null)
        {
            Assert.Equal(ErrorKind.Usage, Assert.Throws<VoiceCleanException>(Read).Kind);
            return;
        }

        Assert.Equal(expected, Read().Batch.Overwrite.ToString());

        RunSettings Read() => options.ReadRun(parsed, name => name switch
        {
            "VOICECLEAN_FORCE" => force,
            "VOICECLEAN_OVERWRITE" => overwrite,
            _ => null,
        });
    }

    private static CleaningOptions Read(string[] words, (string Name, string Value)[] variables)
    {
        var options = new CommandOptions(OptionScope.Clean);
        var command = new RootCommand();
        options.AddTo(command);
        ParseResult parsed = command.Parse(words);
        Assert.Empty(parsed.Errors);
        return options.ReadCleaning(parsed, options.ReadRun(parsed, Variable), Variable);

        string? Variable(string name) => Array.Find(variables, v => v.Name == name).Value;
    }
}
