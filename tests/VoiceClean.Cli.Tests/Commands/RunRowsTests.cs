using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>What OptionTableTests proves of the options about the sound, of those about a run and a server.</summary>
public class RunRowsTests
{
    private static readonly RunSettings Defaults = new();

    private static IEnumerable<OptionRow> Everything => RunRows.All.Concat<OptionRow>(OptionTable.Cleaning.Rows);

    [Fact]
    public void Both_ends_of_a_range_are_taken_and_what_lies_beyond_is_refused_with_the_unit()
    {
        Assert.All(
            RunRows.All.Where(r => r is { Minimum: not null, Maximum: not null }),
            row =>
            {
                Assert.True(row.IsGood(Text(row.Minimum!.Value)) && row.IsGood(Text(row.Maximum!.Value)), row.Name);
                foreach (double beyond in new[] { row.Minimum.Value - 1, row.Maximum.Value + 1 })
                {
                    var e = Assert.Throws<VoiceCleanException>(() => row.Set(Defaults, Text(beyond)));
                    Assert.Equal(ErrorKind.Usage, e.Kind);
                    Assert.StartsWith($"{row.Name}={Text(beyond)}: must be ", e.Message, StringComparison.Ordinal);
                    Assert.Contains(
                        row.Kind == OptionKind.Duration ? "seconds" : row.Unit,
                        e.Message,
                        StringComparison.Ordinal);
                }
            });
    }

    [Fact]
    public void Every_number_is_understood_in_each_usual_spelling_of_its_unit_and_in_no_other()
    {
        (string Unit, string[] Spellings, string[] Foreign)[] usual =
        [
            ("dB", ["dB", "db", " dB"], ["dBFS", "LUFS", "Hz", "s"]),
            ("s", ["s", " s"], ["dB", "Hz", "m/s"]),
            ("", [""], ["dB", "Hz", "s", "%", "x"]),
        ];
        Assert.All(
            RunRows.All.Where(r => r.Minimum is not null),
            row =>
            {
                (_, string[] spellings, string[] foreign) = Assert.Single(usual, u => u.Unit == row.Unit);
                string expected = row.Read(row.Set(Defaults, Text(row.Minimum!.Value)))!;
                Assert.All(
                    spellings,
                    s => Assert.Equal(expected, row.Read(row.Set(Defaults, Text(row.Minimum.Value) + s))));
                Assert.All(foreign, u => Assert.False(row.IsGood(Text(row.Minimum.Value) + u), $"{row.Name} in {u}"));
            });
    }

    [Fact]
    public void Every_time_is_understood_in_each_of_its_units()
    {
        Row[] times = [.. RunRows.All.Where(r => r.Kind == OptionKind.Duration)];
        Assert.NotEmpty(times);
        Assert.All(
            times,
            row =>
            {
                string expected = row.Read(row.Set(Defaults, "3600"))!;
                Assert.All(
                    ["3600s", "3600000ms", "60min", "1h"],
                    t => Assert.Equal(expected, row.Read(row.Set(Defaults, t))));
            });
    }

    [Theory]
    [InlineData("200MB", "200MB")]
    [InlineData("200 mb", "200MB")]
    [InlineData("1.5GB", "1500MB")]
    [InlineData("1GiB", "1GiB")]
    [InlineData("64KiB", "64KiB")]
    [InlineData("3kB", "3kB")]
    [InlineData("1000", "1kB")]
    [InlineData("17 B", "17B")]
    [InlineData("0", null)]
    [InlineData("-1MB", null)]
    [InlineData("2TB", null)]
    [InlineData("0.2B", null)]
    [InlineData("NaN", null)]
    [InlineData("1e999", null)]
    [InlineData("MB", null)]
    [InlineData("10MBit", null)]
    [InlineData("10Mib/s", null)]
    public void A_size_is_understood_in_decimal_and_binary_units(string text, string? shown)
    {
        Row row = RunRows.All.First(r => r.Name == "max-upload");
        Assert.Equal(shown is not null, row.IsGood(text));
        Assert.Equal(shown ?? row.Read(Defaults), row.Read(row.IsGood(text) ? row.Set(Defaults, text) : Defaults));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\u3000")]
    public void A_blank_is_a_value_of_no_option(string blank) =>
        Assert.All(Everything, row => Assert.False(row.IsGood(blank), row.Name));

    [Fact]
    public void What_is_no_number_is_a_value_of_no_option_that_takes_numbers() =>
        Assert.All(
            Everything.Where(r => r.Kind is OptionKind.Number or OptionKind.Duration or OptionKind.Share),
            row => Assert.All(
                ["", "NaN", "inf", "-inf", "1e999", "99999999999999999999", "1,5,5", "½", "0x10", "5%%", "1:2:3"],
                text => Assert.False(row.IsGood(text), $"{row.Name}={text}")));

    // In each place a wrong value is named by that place, and by what would be right.
    [Theory]
    [InlineData("include", " ")]
    [InlineData("shard", "9/8")]
    [InlineData("shard", "auto/0")]
    [InlineData("stages", "spectral-gat")]
    [InlineData("stages", "spectral-gate")]      // it has no noise to go by
    [InlineData("jobs", "0")]
    [InlineData("progress", "loud")]
    [InlineData("report", " ")]
    public void A_wrong_value_is_named_by_the_word_or_the_variable_that_holds_it(string option, string value)
    {
        using var folder = new TemporaryFolder();
        string[] words = ["batch", BuiltProgram.Sample("hum.wav"), "-o", folder["out"], "--dry-run"];
        BuiltProgram.Result run = BuiltProgram.Run([.. words, $"--{option}={value}"]);
        Assert.Contains($"--{option}", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        string variable = $"VOICECLEAN_{option.ToUpperInvariant()}";
        run = BuiltProgram.Run(words, null, new Dictionary<string, string> { [variable] = value });
        Assert.Contains($"{variable}={value}: ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void A_wrong_stage_of_a_configuration_is_named_by_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"stages": ["spectral-gat"]}""");
        BuiltProgram.Result run = BuiltProgram.Run("in.wav", "out.wav", "--config", folder["c.json"]);
        Assert.Contains(
            $"configuration {folder["c.json"]}: stages spectral-gat: there is no stage spectral-gat; the stages are ",
            run.Errors,
            StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("--json=")]
    [InlineData("--force= ")]
    [InlineData("-q=")]
    public void A_switch_with_an_empty_value_is_told_by_its_name(string word)
    {
        BuiltProgram.Result run = BuiltProgram.Run("in.wav", "out.wav", word);
        Assert.Contains($"The value of {word.Split('=')[0]} is empty", run.Errors, StringComparison.Ordinal);
        Assert.Contains("true or false", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    private static string Text(double value) => FormattableString.Invariant($"{value}");
}
