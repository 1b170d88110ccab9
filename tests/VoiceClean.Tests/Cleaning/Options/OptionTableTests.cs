using System.Text.Json.Nodes;
using CsCheck;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using Xunit;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cleaning.Options.CleaningOptions>;

namespace VoiceClean.Tests.Cleaning.Options;

public class OptionTableTests
{
    private static readonly OptionTable<CleaningOptions> Table = OptionTable.Cleaning;

    // Any row with any value it takes; several of them are any set of options.
    private static readonly Gen<CleaningOptions> AnyOptions = RandomOptions.Any();

    // Reports round numbers to six decimals.
    private static readonly Gen<CleaningOptions> AnyEchoed = RandomOptions.Any(v => Math.Round(v, 6));

    [Fact]
    public void The_command_that_does_what_options_say_gives_the_same_options_back()
        => AnyOptions.Sample(
            options =>
            {
                IReadOnlyList<string> words = Table.ToArguments(options);
                var settings = new List<(Row, string, string)>();
                for (int i = 0; i < words.Count; i++)
                {
                    string[] halves = words[i].Split('=', 2);
                    Row row = Table.Find(halves[0])!;
                    string value = row.Kind != OptionKind.Switch ? words[++i] : halves is [_, var v] ? v : "true";
                    settings.Add((row, value, ""));
                }

                AssertSame(options, Table.Apply(Table.Defaults, settings));
            },
            iter: 2_000);

    [Fact]
    public void The_query_string_of_options_gives_the_same_options_back()
        => AnyOptions
            .Where(o => o.Noise.FilePath is null)
            .Sample(options => AssertSame(options, Table.ParseQuery(Table.ToQuery(options))), iter: 1_000);

    [Fact]
    public void The_report_s_echo_of_options_gives_the_same_options_back()
        => AnyEchoed.Sample(
            options =>
                Assert.Equal(
                    ReportJson.ToLine(options),
                    ReportJson.ToLine(OptionFile.Parse(ReportJson.ToLine(options), "echo"))),
            iter: 1_000);

    [Fact]
    public void Defaults_need_no_words_and_one_strength_needs_one_option()
    {
        Assert.Empty(Table.ToArguments(new CleaningOptions()));
        Assert.Equal(["--strength", "0.3"], Table.ToArguments(new CleaningOptions { Strength = 0.3 }));
        Assert.Equal(
            ["--noise", "range:1.2s-1.9s", "--loudness", "off", "--compress"],
            Table.ToArguments(new CleaningOptions
            {
                Noise = new()
                {
                    Source = VoiceClean.Stages.EstimateNoise.NoiseSource.Range,
                    RangeStart = TimeSpan.FromSeconds(1.2),
                    RangeEnd = TimeSpan.FromSeconds(1.9),
                },
                Loudness = new() { TargetLufs = null },
                Compress = new() { Enabled = true },
            }));
    }

    [Fact]
    public void Every_key_that_a_report_echoes_is_a_row_and_every_row_is_echoed_or_sets_what_is()
    {
        var echoed = new List<string>();
        Collect(JsonNode.Parse(ReportJson.ToLine(new CleaningOptions()))!.AsObject(), "");
        string[] several = ["noise", "silence_pad"];
        Assert.Equal(
            echoed.Order(StringComparer.Ordinal),
            Table.Rows.Select(r => r.Key).Except(several).Order(StringComparer.Ordinal));

        void Collect(JsonObject node, string path)
        {
            foreach ((string key, JsonNode? value) in node)
            {
                if (value is JsonObject inner)
                {
                    Collect(inner, path + key + ".");
                }
                else
                {
                    echoed.Add(path + key);
                }
            }
        }
    }

    [Fact]
    public void Both_ends_of_a_range_are_taken_and_what_lies_beyond_is_refused_with_the_unit()
    {
        foreach (Row row in Table.Rows.Where(r => r is { Minimum: not null, Maximum: not null }))
        {
            foreach ((double end, double beyond) in new[] { (row.Minimum!.Value, -1.0), (row.Maximum!.Value, 1.0) })
            {
                row.Set(Table.Defaults, FormattableString.Invariant($"{end}"));
                var e = Assert.Throws<VoiceCleanException>(() =>
                    row.Set(Table.Defaults, FormattableString.Invariant($"{end + beyond}")));
                Assert.Contains(
                    row.Kind == OptionKind.Duration ? "seconds" : row.Unit,
                    e.Message,
                    StringComparison.Ordinal);
                Assert.Contains(row.Name, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_number_is_understood_in_each_usual_spelling_of_its_unit()
    {
        (string Unit, string[] Spellings)[] usual =
        [
            ("dB", ["dB", "db", " dB"]),
            ("dBFS", ["dBFS", "dB"]),
            ("dBTP", ["dBTP", "dBFS", "dB"]),
            ("LUFS", ["LUFS", "lufs", "LKFS", "dB"]),
            ("Hz", ["Hz", "hz", " Hz"]), ("s", ["s", " s"]), ("", [""]),
        ];

        foreach (Row row in Table.Rows.Where(r => r.Minimum is not null))
        {
            string number = FormattableString.Invariant($"{row.Minimum}");
            string expected = row.Read(row.Set(Table.Defaults, number))!;
            (_, string[] spellings) = Assert.Single(usual, u => u.Unit == row.Unit);
            Assert.All(spellings, s => Assert.Equal(expected, row.Read(row.Set(Table.Defaults, number + s))));
        }
    }

    [Fact]
    public void Every_time_is_understood_in_milliseconds_and_every_frequency_in_kilohertz()
    {
        foreach (Row row in Table.Rows.Where(r => r.Minimum is not null && r.Unit is "s" or "Hz"))
        {
            (double factor, string unit) = row.Unit == "s" ? (1e3, "ms") : (1e-3, "kHz");
            Assert.Equal(
                row.Read(row.Set(Table.Defaults, FormattableString.Invariant($"{row.Maximum}"))),
                row.Read(row.Set(Table.Defaults, FormattableString.Invariant($"{row.Maximum * factor}{unit}"))));
        }
    }

    [Theory]
    [InlineData("rate", "44100Hz", "44100Hz")]
    [InlineData("rate", "48k", "48000Hz")]
    [InlineData("rate", "48 kHz", "48000Hz")]
    [InlineData("rate", "44.1kHz", "44100Hz")]
    [InlineData("loudness", "-18LKFS", "-18LUFS")]
    [InlineData("loudness", "\u221218 LUFS", "-18LUFS")]
    [InlineData("loudness", "-20dB", "-20LUFS")]
    [InlineData("loudness", "OFF", "off")]
    [InlineData("strength", "60%", "0.6")]
    [InlineData("clicks.strength", "7 %", "0.07")]
    [InlineData("compress.ratio", "3:1", "3")]
    [InlineData("compress.above_loudness_db", "4 LU", "4dB")]
    [InlineData("true-peak", "-2dB", "-2dBTP")]
    [InlineData("true-peak", "-2 dBFS", "-2dBTP")]
    [InlineData("max-clipped", "2%", "2%")]
    [InlineData("max-clipped", "0.02", "2%")]
    [InlineData("silence-min", "0.3", "0.3s")]
    [InlineData("silence-min", "300ms", "0.3s")]
    [InlineData("max-duration", "90min", "90min")]
    [InlineData("max-duration", "7200", "2h")]
    [InlineData("silence-pad", "0.1", "0.1s")]
    [InlineData("silence-pad", "100ms,200ms", "0.1s,0.2s")]
    [InlineData("noise", "head", "head:0.5s")]
    [InlineData("bit-depth", "pcm24", "24")]
    [InlineData("compress", "1", "true")]
    public void A_value_is_understood_in_every_usual_spelling(string name, string text, string shown)
    {
        Row row = Table.Find(name)!;
        Assert.Equal(shown, row.Read(row.Set(Table.Defaults, text)));
    }

    [Theory]
    [InlineData("loudness", "-20dBFS", "loudness=-20dBFS: must be a number of LUFS between -50 and -5, or off.")]
    [InlineData("loudness", "-4LU", "loudness=-4LU: must be a number of LUFS between -50 and -5, or off.")]
    [InlineData(
        "silence-min",
        "300",
        "silence-min=300: must be a time between 0.05s and 1min, like 500ms, 0.5s or 2min (a bare number is seconds).")]
    [InlineData("rate", "5000", "rate=5000: must be a whole number of Hz between 8000 and 192000.")]
    [InlineData("strength", "0,7", "strength=0,7: must be a number between 0 and 1.")]
    [InlineData("strength", "NaN", "strength=NaN: must be a number between 0 and 1.")]
    [InlineData(
        "noise",
        "range:3s-1s",
        "noise=range:3s-1s: must be auto, head, head:0.5s, range:1.2s-1.9s, file:PATH or off.")]
    [InlineData("noise", "head:10ms", "noise=head:10ms: must be auto,")]
    [InlineData("compress", "maybe", "compress=maybe: must be true or false (1, 0, yes, no, on, off mean the same).")]
    public void A_wrong_value_is_refused_with_what_would_be_right(string name, string text, string message)
    {
        var e = Assert.Throws<VoiceCleanException>(() => Table.Find(name)!.Set(Table.Defaults, text));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strenght=0.4", "there is no option 'strenght'; did you mean strength?")]
    [InlineData("strength=0.4&strength=0.5", "strength is given twice.")]
    [InlineData("noise=file:/etc/passwd", "noise=file:/etc/passwd: no file can be named here.")]
    [InlineData("noise.file_path=x.wav", "noise.file_path=x.wav: no file can be named here.")]
    [InlineData("silence_pad=nothing", "silence_pad=nothing: must be one or two times")]
    public void A_wrong_query_string_is_a_usage_error(string query, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<VoiceCleanException>(() => Table.ParseQuery(query)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_query_string_takes_names_of_the_command_line_and_of_the_configuration()
    {
        CleaningOptions options = Table.ParseQuery("?min_snr=5&gate.min_speech=2s&compress&silence-pad=50ms%2C0.3s");
        Assert.Equal(5, options.Gate.MinSnrDb);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Gate.MinSpeech);
        Assert.True(options.Compress.Enabled);
        Assert.Equal(TimeSpan.FromSeconds(0.3), options.Silence.PadAfter);
    }

    [Fact]
    public void Every_row_says_what_it_does_in_plain_sentences()
    {
        foreach (Row row in Table.Rows)
        {
            Assert.EndsWith(".", row.Sentence, StringComparison.Ordinal);
            // forms and pages show it too
            Assert.DoesNotContain("--", row.Sentence, StringComparison.Ordinal);
            Assert.NotEqual("", row.Group);
            Assert.Equal(row.Kind == OptionKind.Switch, row.ValueName.Length == 0);
            Assert.NotEqual(OptionScope.None, row.Scope);
        }
    }

    private static void AssertSame(CleaningOptions expected, CleaningOptions actual)
    {
        Assert.Equal(Table.Rows.Select(r => r.Read(expected)), Table.Rows.Select(r => r.Read(actual)));
        Assert.Equal(expected with { Stages = [] }, actual with { Stages = [] });
    }
}
