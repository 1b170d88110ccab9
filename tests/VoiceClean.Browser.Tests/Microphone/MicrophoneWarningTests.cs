using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>What the page must say at once.</summary>
public sealed class MicrophoneWarningTests(ClippingFixture browser) : IClassFixture<ClippingFixture>
{
    private const double MostDelayS = 0.3;

    // In the time of the sound: the warning stands in the page when the block has come whose end this is. How long the
    // page waits for the processor afterwards is the machine's affair.
    [Fact]
    public async Task A_flat_top_is_shown_within_300_ms_of_sound()
    {
        await using MicrophonePage page = await browser.Open();
        await page.Go();
        await page.Listen(0.5);
        await page.Until("document.querySelector('[data-name=clipped]')", "the warning is there");
        double delay = await page.Watched.Ask<double>(
            "(microphoneCheck.clock.warnedAt - microphoneCheck.clock.clippedAt) / microphoneCheck.clock.rate");
        Assert.InRange(delay, 0, MostDelayS);
        await page.Until("document.getElementById('meter').classList.contains('clipped')", "the bar is red");
    }

    [Fact]
    public async Task The_flat_top_is_where_the_take_has_it()
    {
        await using MicrophonePage page = await browser.Open();
        await page.Go();
        await page.Listen(0.5);
        await page.Until("microphoneCheck.clock.clippedAt >= 0", "something is clipped");
        int first = await page.Watched.Ask<int>(
            """
            (() => {
              const { blocks, channels } = microphoneCheck.take;
              let frame = 0;
              const run = new Array(channels).fill(0);
              for (const block of blocks) {
                for (let i = 0; i < block.length; i++) {
                  const c = i % channels;
                  run[c] = Math.abs(block[i]) >= 0.998 ? run[c] + 1 : 0;
                  if (run[c] === 3) return frame + Math.floor(i / channels) - 2;
                }
                frame += block.length / channels;
              }
              return -1;
            })()
            """);
        int told = await page.Watched.Ask<int>("microphoneCheck.clock.clippedAt - microphoneCheck.clock.startedAt");
        Assert.Equal(first, told);
    }
}

/// <summary>A microphone that gives nothing.</summary>
public sealed class MutedMicrophoneTests(MutedFixture browser) : IClassFixture<MutedFixture>
{
    [Fact]
    public async Task Silence_is_said_after_two_seconds_and_is_the_verdict()
    {
        await using MicrophonePage page = await browser.Open();
        await page.Go();
        await page.Listen(2.5);
        await page.Until("document.querySelector('[data-name=quiet]')", "the warning is there");
        await page.Heard(6);
        await page.Finish();
        Assert.Equal("hopeless", await page.Watched.Ask<string>("microphoneCheck.figures.record.inspection.verdict"));
        Assert.Contains("not muted", await page.Seen(), StringComparison.Ordinal);
    }
}
