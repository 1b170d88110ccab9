using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class InspectionTableTests
{
    private static readonly ClipReport Long = new()
    {
        Id = "a.wav",
        Input = new FileFacts { Path = "recordings of last year/interview with anna.wav" },
        Warnings = [new Warning("low_snr", "The signal-to-noise ratio is only about 3 dB, " + Words(30))],
        Inspection = new InspectionFacts(Verdict.Hopeless, "Room noise: switch off fans, close windows, go nearer."),
        Before = new Measurements
        {
            DurationS = 12_345.67,
            SpeechShare = 1,
            IntegratedLufs = -123.4,
            LoudnessRangeLu = 12.3,
            TruePeakDbtp = -12.3,
            NoiseFloorDbfs = -101,
            NoiseFloorIsUpperBound = true,
            SnrDb = 40,
            SnrIsLowerBound = true,
            BandwidthHz = 15_600,
            ClippedShare = 0.12345,
        },
    };

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(120)]
    public void It_fits_the_terminal(int columns)
    {
        string[] lines = InspectionTable.Format(Long, columns, isColoured: false, isBrief: false).Split('\n');
        Assert.All(
            lines.Concat(columns < 75 ? [] : InspectionTable.Header.Split('\n')).Where(l => !l.Contains("anna")),
            line => Assert.True(line.Length <= columns, line));
    }

    [Fact]
    public void In_a_pipe_a_recording_is_one_row_and_a_sentence_one_line()
    {
        string[] lines = InspectionTable.Format(Long, int.MaxValue, isColoured: false, isBrief: false).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.EndsWith("interview with anna.wav", lines[0], StringComparison.Ordinal);
        Assert.Contains("<-101", lines[0], StringComparison.Ordinal);
        Assert.Contains(">40", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_stand_under_their_names()
    {
        string row = InspectionTable.Format(Long, int.MaxValue, isColoured: false, isBrief: true).Split('\n')[0];
        string[] header = InspectionTable.Header.Split('\n');
        foreach (string name in new[] { "length", "speech", "loud", "range", "peak", "noise", "snr", "band", "clip" })
        {
            int end = header[0].IndexOf(name, StringComparison.Ordinal) + name.Length;
            Assert.True(row[end - 1] != ' ' && row[end] == ' ' && header[1][end - 1] != ' ', name);
        }
    }

    [Fact]
    public void Only_the_verdict_is_coloured()
    {
        string plain = InspectionTable.Format(Long, 80, isColoured: false, isBrief: false),
            coloured = InspectionTable.Format(Long, 80, isColoured: true, isBrief: false);
        Assert.Equal(plain.Replace("hopeless", "\e[31mhopeless\e[0m", StringComparison.Ordinal), coloured);
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
