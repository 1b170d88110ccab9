using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Reports;

public class ReportJsonTests
{
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
}
