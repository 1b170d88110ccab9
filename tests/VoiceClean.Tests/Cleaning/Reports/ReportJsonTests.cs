using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Stages.StripSilence;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Reports;

public class ReportJsonTests
{
    [Fact]
    public void Options_survive_a_round_trip_through_JSON()
    {
        var options = new CleaningOptions
        {
            SampleRate = 48_000,
            Stages = ["spectral-gate"],
            Silence = new StripSilenceOptions
            {
                Mode = SilenceMode.All,
                ThresholdDb = -40,
                MinSilence = TimeSpan.FromMilliseconds(750),
            },
            Loudness = new() { TargetLufs = null },
        };
        string json = ReportJson.ToLine(options);
        CleaningOptions back = ReportJson.ReadOptions(json, "test");
        Assert.Equal(json, ReportJson.ToLine(back));
        Assert.Equal(options.Silence, back.Silence);
        Assert.Null(back.Loudness.TargetLufs);
        Assert.Equal(options.Limits, back.Limits);
    }

    [Fact]
    public void A_configuration_that_names_one_option_leaves_every_other_at_its_default()
    {
        CleaningOptions options = ReportJson.ReadOptions(
            """{"spectral_gate": {"strength": 0.3}, "silence": {"min_silence": "250ms"}}""",
            "test");
        Assert.Equal(0.3, options.SpectralGate.Strength);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Silence.MinSilence);
        Assert.Equal(TimeSpan.FromMilliseconds(100), options.Silence.PadBefore);
        Assert.Equal(new CleaningOptions().Loudness, options.Loudness);
    }

    [Theory]
    [InlineData("""{"spectral_gate": {"strenght": 0.3}}""", "strenght")]
    [InlineData("""{"spectral_gate": {"strength": 1.5}}""", "Strength must lie between 0 and 1")]
    [InlineData("""{"silence": {"mode": "sometimes"}}""", "mode")]
    [InlineData("""{"silence": {"min_silence": "soon"}}""", "soon")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("null", "")]
    public void A_wrong_configuration_is_a_usage_error_that_says_what_is_wrong(string json, string expected)
    {
        var e = Assert.Throws<VoiceCleanException>(() => ReportJson.ReadOptions(json, "c.json"));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.StartsWith("c.json: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Equal_options_have_equal_hashes_and_any_change_changes_the_hash()
    {
        string hash = ReportJson.Hash(new CleaningOptions());
        Assert.Equal(hash, ReportJson.Hash(new CleaningOptions()));
        Assert.NotEqual(hash, ReportJson.Hash(new CleaningOptions { SpectralGate = new() { Strength = 0.61 } }));
        Assert.Matches("^[0-9a-f]{64}$", hash);
    }

    [Fact]
    public void A_report_is_one_line_with_snake_case_keys_and_null_for_what_is_undefined()
    {
        var report = new ClipReport
        {
            Id = "a\nb/ü.wav",
            Status = ClipStatus.Rejected,
            Reason = ReasonCodes.Silent,
            Before = new Measurements
            {
                SamplePeakDbfs = double.NegativeInfinity,
                IntegratedLufs = double.NaN,
                DurationS = 1.23456789,
            },
        };
        string line = ReportJson.ToLine(report);
        Assert.DoesNotContain('\n', line);
        JsonNode json = JsonNode.Parse(line)!;
        Assert.Equal("voiceclean.result/1", (string?)json["schema"]);
        Assert.Equal("a\nb/ü.wav", (string?)json["id"]);
        Assert.Contains("ü", line, StringComparison.Ordinal);
        Assert.Equal("rejected", (string?)json["status"]);
        Assert.True(json["before"]!.AsObject().ContainsKey("sample_peak_dbfs"));
        Assert.Null(json["before"]!["sample_peak_dbfs"]);
        Assert.Null(json["before"]!["integrated_lufs"]);
        Assert.Equal(1.234568, (double)json["before"]!["duration_s"]!);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("0.5s", 0.5)]
    [InlineData("2min", 120)]
    [InlineData("4h", 14400)]
    [InlineData("3", 3)]
    public void Durations_carry_their_unit_and_a_bare_number_takes_the_given_one(string text, double seconds)
    {
        Assert.True(DurationConverter.TryParse(text, TimeSpan.FromSeconds(1), out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ms")]
    [InlineData("0,5s")]
    [InlineData("NaN")]
    [InlineData("1e300h")]
    public void Text_that_is_no_duration_is_not_taken_for_one(string text)
        => Assert.False(DurationConverter.TryParse(text, TimeSpan.FromSeconds(1), out _));
}
