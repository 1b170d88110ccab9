using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class ReportTableTests
{
    private static readonly ClipReport Cleaned = new()
    {
        Id = "a",
        Before = new Measurements { IntegratedLufs = -24.43, SnrDb = 16.5, DurationS = 5 },
        After = new Measurements { IntegratedLufs = -16, SnrDb = 40, SnrIsLowerBound = true, DurationS = 4.5 },
    };

    [Theory]
    [InlineData(null, "│ loudness          │ -24.4 LUFS │ -16.0 LUFS │")]
    [InlineData(50, "│ signal to noise   │    16.5 dB │     >40 dB │")]
    [InlineData(49, "loudness          -24.4 LUFS -16.0 LUFS")]
    [InlineData(39, "length                5.00 s     4.50 s")]
    [InlineData(38, "length: 5.00 s → 4.50 s")]
    public void Figures_stand_side_by_side_as_far_as_there_is_room(int? columns, string line)
    {
        string[] lines = [.. ReportTable.Table(Cleaned, columns, isUnicode: true)];
        Assert.Contains(line, lines);
        Assert.All(lines, l => Assert.InRange(Wrapped.Columns(l), 1, columns ?? 47));
    }

    [Theory]
    [InlineData(true, "╭╮╰╯")]
    [InlineData(false, "┌┐└┘")]
    public void The_border_is_closed_and_its_corners_are_ones_that_can_be_shown(bool isUnicode, string corners)
    {
        string[] lines = [.. ReportTable.Table(Cleaned, null, isUnicode)];
        Assert.Equal(11, lines.Length);
        Assert.Equal(corners, $"{lines[0][0]}{lines[0][^1]}{lines[^1][0]}{lines[^1][^1]}");
        Assert.Single(lines.Select(l => l.Length).Distinct());
    }

    [Theory]
    [InlineData(0, 7.5, "noise down 0.0 of 14.4 dB, as there is little where it was learnt; below 90 Hz 7.5 dB")]
    [InlineData(7, 7.5, "noise down 7.0 of 14.4 dB, as there is little where it was learnt")]
    public void Rumble_that_goes_where_nothing_else_does_is_said(double done, double rumble, string line)
    {
        JsonObject process = new()
        {
            ["gate_attenuation_db"] = done,
            ["gate_rumble_attenuation_db"] = rumble,
            ["gate_asked_db"] = 14.4,
            ["gate_limit"] = "clean_already",
        };
        Assert.Equal(line, ReportTable.Did(Cleaned with { Process = process }));
    }

    [Fact]
    public void Clicks_and_bumps_that_went_are_said()
    {
        JsonObject process = new()
        {
            ["clicks"] = 25.0,
            ["transients"] = 2.0,
            ["transients_max_reduction_db"] = 55.1,
            ["gate_attenuation_db"] = 14.4,
        };
        Assert.Equal(
            "clicks turned down: 25; bumps turned down: 2, by at most 55.1 dB; noise down 14.4 dB",
            ReportTable.Did(Cleaned with { Process = process }));
        Assert.Equal(
            "noise down 14.4 dB",
            ReportTable.Did(Cleaned with { Process = new() { ["clicks"] = 0.0, ["gate_attenuation_db"] = 14.4 } }));
    }

    [Theory]
    [InlineData(14.4, 0, "noise down 14.4 dB; no pause showed how far it really fell")]
    [InlineData(14.4, 0.64, "noise down 14.4 dB")]
    [InlineData(0.9, 0, "noise down 0.9 dB")]
    public void Where_no_pause_was_heard_before_and_after_the_decibels_are_said_to_be_unchecked(
        double done,
        double checkedSeconds,
        string line)
    {
        JsonObject process = new()
        {
            ["gate_attenuation_db"] = done,
            ["gate_checked_s"] = checkedSeconds,
            ["gate_rumble_attenuation_db"] = done,
            ["gate_asked_db"] = 14.4,
        };
        Assert.Equal(line, ReportTable.Did(Cleaned with { Process = process }));
    }

    [Fact]
    public void Without_measurements_there_is_no_table() =>
        Assert.Empty(ReportTable.Table(Cleaned with { After = null }, null, isUnicode: true));
}
