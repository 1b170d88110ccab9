using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>The panel that says how the pictures are drawn.</summary>
public sealed class StudioViewTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    private const string Asked =
        "performance.getEntriesByType('resource').filter(e => e.name.includes('spectrogram')).at(-1).name";

    [Fact]
    public async Task A_choice_draws_the_pictures_anew_and_is_kept_by_the_browser()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Press("v");
        await page.Until("document.querySelector('#view-panel.placed:popover-open')", "the panel is open");
        await page.Watched.AssertAccessible("the panel");
        await page.Watched.Page.SelectAsync("#fft", "4096");
        await page.Watched.Page.SelectAsync("#scale", "mel");
        await page.Until($"{Asked}.includes('scale=mel&fft=4096')", "the pictures are drawn anew");
        await page.Start();
        await page.Until($"{Asked}.includes('scale=mel&fft=4096')", "they are drawn as before");
        Assert.Equal("4096", await page.Watched.Ask<string>("document.getElementById('fft').value"));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("residue")]
    public async Task The_waveform_lies_over_each_picture_as_strong_as_is_asked_for(string signal)
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        string blue = $$"""
            (() => {
              const canvas = document.querySelector("[data-signal={{signal}}] canvas");
              const { data } = canvas.getContext("2d").getImageData(0, canvas.height / 2, canvas.width, 1);
              let sum = 0;
              for (let i = 2; i < data.length; i += 4) sum += data[i];
              return sum / canvas.width;
            })()
            """;
        await page.Until($"document.querySelector('[data-signal={signal}] canvas').width > 300", "it is drawn");
        await page.Until($"{blue} > 10", "there is a picture");
        await page.Until("document.querySelector('.lane.wave canvas').width > 300", "there is a waveform");
        double none = await page.Watched.Ask<double>(blue);
        await Overlay(page, 1);
        await page.Until(FormattableString.Invariant($"{blue} > {none + 40}"), "the waveform covers the middle");
        double all = await page.Watched.Ask<double>(blue);
        await Overlay(page, 0.5);
        double half = await page.Watched.Ask<double>(blue);
        Assert.InRange(half, none + ((all - none) / 4), all - ((all - none) / 4));
        await Overlay(page, 0);
        Assert.Equal(none, await page.Watched.Ask<double>(blue));
    }

    private static Task Overlay(StudioPage page, double share) => page.Watched.Page.EvaluateFunctionAsync(
        """
        share => {
          const slider = document.getElementById("overlay");
          slider.value = String(share);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }
        """,
        share);
}
