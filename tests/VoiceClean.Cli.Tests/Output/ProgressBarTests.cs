using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class ProgressBarTests
{
    private static readonly string[] Texts =
        ["1,234/10,000 clips", "1:03:15 left", "2 failed", "45 a second", "225 x real time"];

    [Fact]
    public void It_fits_any_terminal_and_drops_what_matters_least()
    {
        for (int columns = 1; columns < 200; columns++)
        {
            Assert.True(ProgressBar.Line(0.123, Texts, columns).Length <= columns);
        }

        Assert.Equal("[=           ]  12 % 1,234/10,000 clips", ProgressBar.Line(0.123, Texts, 39));
        Assert.EndsWith("225 x real time", ProgressBar.Line(0.123, Texts, 119), StringComparison.Ordinal);
        Assert.DoesNotContain("real time", ProgressBar.Line(0.123, Texts, 70), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "[        ]   0 %")]
    [InlineData(0.5, "[====    ]  50 %")]
    [InlineData(0.999, "[========]  99 %")]
    [InlineData(1, "[========] 100 %")]
    public void The_bar_is_as_long_as_the_share(double share, string expected) =>
        Assert.Equal(expected, ProgressBar.Line(share, [], 17));

    [Fact]
    public void In_a_terminal_that_became_narrower_all_its_rows_go()
    {
        var written = new StringWriter();
        int width = 80;
        var bar = new ProgressBar(written, () => width);
        bar.Show(new string('x', 79));
        width = 40;
        bar.Show("y");
        bar.Clear();
        bar.Clear();
        Assert.Equal(new string('x', 79) + "\e[1A\r\e[Jy\r\e[J", written.ToString());
    }

    [Fact]
    public void A_long_step_is_named_with_its_time()
    {
        Assert.Equal("reading, 3 s", StepProgress.Line("decode", TimeSpan.FromSeconds(3), 80));
        Assert.Equal("spectral-gate, 1:12", StepProgress.Line("spectral_gate", TimeSpan.FromSeconds(72), 80));
        Assert.Equal("spectral", StepProgress.Line("spectral-gate", TimeSpan.FromSeconds(72), 9));
    }
}
