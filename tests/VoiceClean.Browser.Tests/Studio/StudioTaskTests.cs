using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>
/// That nothing holds up the page for long. Not timed, as that says more about the machine: what took long once is no
/// longer done in one piece, or not while somebody waits.
/// </summary>
public sealed class StudioTaskTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task Sound_is_woken_before_anything_is_to_be_heard()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Watched.Page.EvaluateExpressionOnNewDocumentAsync(
            """
            window.order = [];
            const list = MediaDevices.prototype.enumerateDevices;
            MediaDevices.prototype.enumerateDevices = async function () {
              const devices = await list.call(this);
              window.order.push("woken");
              return devices;
            };
            window.AudioContext = class extends AudioContext {
              constructor(...how) {
                super(...how);
                window.order.push("sound");
              }
            };
            """);
        await page.Start();
        await page.Until("window.order.length === 1", "the browser has begun with sound");
        await page.Click("play");
        await page.Until("window.order.length === 2", "a sound is begun");
        Assert.Equal(["woken", "sound"], await page.Watched.Ask<string[]>("window.order"));
    }

    [Fact]
    public async Task The_form_is_built_a_fold_at_a_time()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Watched.Page.EvaluateExpressionOnNewDocumentAsync(
            """
            window.built = [];
            document.addEventListener("DOMContentLoaded", () => new MutationObserver(seen =>
              window.built.push(seen.reduce((all, one) => all + one.addedNodes.length, 0)))
              .observe(document.getElementById("folds"), { childList: true }), { once: true });
            """);
        await page.Start();
        int[] built = await page.Watched.Ask<int[]>("window.built");
        Assert.Equal([1, 1, 1, 1], built);
    }

    [Fact]
    public async Task Pictures_of_a_new_result_keep_their_canvas_and_ask_no_colour_again()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await Stronger(page);       // all colours are known now
        await page.Watched.Page.EvaluateExpressionAsync(
            """
            window.asked = window.sized = 0;
            const asks = window.getComputedStyle;
            window.getComputedStyle = (...of) => (window.asked++, asks(...of));
            const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width");
            Object.defineProperty(HTMLCanvasElement.prototype, "width",
              { ...width, set(value) { window.sized++; width.set.call(this, value); } });
            0
            """);
        await Stronger(page);
        int[] again = await page.Watched.Ask<int[]>("[window.asked, window.sized]");
        Assert.Equal([0, 0], again);
    }

    private static async Task Stronger(StudioPage page)
    {
        const string waves = "performance.getEntriesByType('resource').filter(e => e.name.includes('peaks')).length";
        int before = await page.Watched.Ask<int>(waves);
        await page.Click("stronger");
        await page.Until($"{waves} >= {before} + 2", "the waveforms of the new result are there");
        await page.Watched.Ask<bool>("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0, true)))");
    }

    [Fact]
    public async Task A_change_that_lies_back_long_enough_is_made_exactly_at_once()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Quietly();
        bool[] waited = await page.Watched.Page.EvaluateFunctionAsync<bool[]>(
            """
            async () => {
              const { settled } = await import("/js/previews.js");
              const signal = new AbortController().signal;
              const isLater = async changedAt => {
                let later = false;
                const timer = new MessageChannel();
                timer.port1.onmessage = () => { later = true; };
                timer.port2.postMessage(0);
                await settled(signal, changedAt);
                return later;
              };
              return [await isLater(performance.now() - 1000), await isLater(performance.now())];
            }
            """);
        Assert.Equal([false, true], waited);
    }
}
