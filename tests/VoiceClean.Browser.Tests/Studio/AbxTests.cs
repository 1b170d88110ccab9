using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>The blind test.</summary>
public sealed class AbxTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    // Each byte of chance is the same: 0 puts A behind X, 1 puts B there.
    private const string Fixed = "crypto.getRandomValues = bytes => bytes.fill(WHICH); 'fixed'";

    [Fact]
    public async Task Of_a_hundred_thousand_guessers_as_many_reach_12_of_16_as_chance_says()
    {
        await using StudioPage page = await browser.Open(null);
        await page.Quietly();
        double share = await page.Watched.Ask<double>(
            "import('/js/abx-trials.js').then(m => m.shareOfGuessers(100_000, 16, 12))");
        Assert.InRange(share, 0.035, 0.041);
    }

    [Fact]
    public async Task Probabilities_are_exact()
    {
        await using StudioPage page = await browser.Open(null);
        await page.Quietly();
        foreach (int trials in new[] { 8, 10, 16, 20 })
        {
            for (int hits = 0; hits <= trials; hits++)
            {
                string call = FormattableString.Invariant($"({hits}, {trials})");
                Assert.Equal(Tail(hits, trials), await Ask("atLeast" + call), 14);
                double both = Math.Min(1, 2 * Tail(Math.Max(hits, trials - hits), trials));
                Assert.Equal(both, await Ask("asUneven" + call), 14);
            }
        }

        Task<double> Ask(string call) => page.Watched.Ask<double>($"import('/js/abx-trials.js').then(m => m.{call})");
    }

    [Fact]
    public async Task X_is_either_as_often_and_every_trial_is_drawn_anew()
    {
        await using StudioPage page = await browser.Open(null);
        await page.Quietly();
        const int runs = 100_000;
        int[] ones = await page.Watched.Ask<int[]>(
            $$"""
            import('/js/abx-trials.js').then(m => {
              const ones = new Array(20).fill(0);
              for (let i = 0; i < {{runs}}; i++) m.coins(20).forEach((coin, k) => { ones[k] += coin; });
              return ones;
            })
            """);

        // Six standard deviations.
        Assert.All(ones, n => Assert.InRange(n, (runs / 2) - 950, (runs / 2) + 950));
    }

    [Fact]
    public async Task Nothing_in_the_page_says_what_X_is()
    {
        var seen = new List<IReadOnlyList<string>>();
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        foreach (int which in new[] { 0, 1 })
        {
            await using StudioPage page = await Begin(folder, which, 8);
            var pages = new List<string>();
            for (int trial = 0; trial < 8; trial++)
            {
                foreach (string name in new[] { "A", "B", "X" })
                {
                    await page.Watched.Press(name);
                    pages.Add(await page.Watched.Ask<string>("document.querySelector('dialog.abx').outerHTML"));
                    pages.Add(await page.Watched.Ask<string>(
                        "['before', 'after', 'residue'].map(n => document.getElementById('hear-' + n).outerHTML)"
                            + ".join()"));
                }

                await page.Watched.Page.ClickAsync("[data-answer='0']");
            }

            seen.Add(pages);
            Assert.Contains(which == 0 ? "8 of 8 right, p = 0.004" : "0 of 8 right, p = 1.000", await Score(page),
                StringComparison.Ordinal);
        }

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task Every_switch_sounds_the_same_whatever_is_behind_it()
    {
        await using StudioPage page = await browser.Open(null);
        await page.Quietly();
        string told = await page.Watched.Ask<string>(
            """
            import('/js/abx-sound.js').then(async m => {
              const steps = [];
              const transport = {
                playing: false, get volume() { return 0.7; }, set volume(v) { steps.push('volume ' + v); },
                select: () => steps.push('select'), stop() { this.playing = false; }, loop() {},
                async play() { this.playing = true; steps.push('play'); }, setSources() {},
              };
              const sound = new m.BlindSound(transport, { start: 0, end: 1 });
              await sound.hear(0);
              steps.length = 0;
              await sound.hear(0);
              const same = steps.join();
              steps.length = 0;
              await sound.hear(1);
              return same + ' | ' + steps.join();
            })
            """);
        Assert.Equal("volume 0,select,volume 0.7 | volume 0,select,volume 0.7", told);
    }

    [Fact]
    public async Task Who_stops_early_sees_the_answers_and_no_p_value()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await Begin(folder, 1, 16);
        for (int trial = 0; trial < 3; trial++)
        {
            await page.Watched.Press("x");
            await page.Watched.Page.ClickAsync("[data-answer='1']");
        }

        await page.Watched.Press("Escape");
        string text = await page.Watched.Ask<string>("document.querySelector('.abx textarea').value");
        Assert.StartsWith("3 of 3 right (stopped after 3 of 16 trials: no p-value)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("p =", text, StringComparison.Ordinal);
        Assert.Equal(3, await page.Watched.Ask<int>("document.querySelectorAll('.outcome li').length"));
        await page.Watched.Press("Escape");
        await page.Until("!document.querySelector('dialog.abx')", "it is closed");
    }

    [Fact]
    public async Task The_text_says_what_was_compared_and_how_the_second_was_made()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await Begin(folder, 1, 8, "prefer");
        for (int trial = 0; trial < 8; trial++)
        {
            await page.Watched.Press("1", "2");
            await page.Watched.Page.ClickAsync("[data-answer='0']");
        }

        string text = await page.Watched.Ask<string>("document.querySelector('.abx textarea').value");
        Assert.StartsWith(
            "After preferred in 8 of 8, p = 0.008\nExact binomial test, two-sided.\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("voiceclean ", text, StringComparison.Ordinal);
        Assert.Contains("A: Before\nB: After\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(StudioLookTests.Looks), MemberType = typeof(StudioLookTests))]
    public async Task The_blind_test_keeps_nobody_out(bool isDark, string language)
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        string name = $"abx-{language}-{(isDark ? "dark" : "light")}";
        await using StudioPage page = await Open(folder, language, isDark);
        await Look(page, name + "-setup");
        await page.Watched.Page.ClickAsync("#abx-begin");
        await page.Watched.Press("x");
        await Look(page, name + "-trial");
        for (int trial = 0; trial < 16; trial++)
        {
            await page.Watched.Press("x");
            await page.Watched.Page.ClickAsync($"[data-answer='{trial % 2}']");
        }

        await Look(page, name + "-result");
    }

    private static async Task Look(StudioPage page, string name)
    {
        await page.Watched.AssertAccessible(name);
        await page.Watched.Keep(name);
        await page.Watched.Page.SetViewportAsync(new PuppeteerSharp.ViewPortOptions { Width = 390, Height = 844 });
        Assert.True(
            await page.Watched.Ask<bool>(
                "(d => d.scrollWidth <= d.clientWidth && d.getBoundingClientRect().right <= 390)"
                    + "(document.querySelector('dialog.abx'))"),
            $"{name} is wider than a telephone.");
        await page.Watched.AssertAccessible(name + "-390");
        await page.Watched.Keep(name + "-390");
        await page.Watched.Page.SetViewportAsync(new PuppeteerSharp.ViewPortOptions { Width = 1280, Height = 800 });
    }

    private async Task<StudioPage> Open(TemporaryFolder folder, string language = "en", bool isDark = false)
    {
        StudioPage page = await browser.Open(folder.Path, language: language, isDark: isDark);
        await page.Start();
        await page.Click("abx");
        await page.Until("document.querySelector('dialog.abx[open] #abx-begin')", "the dialog is open");
        return page;
    }

    private async Task<StudioPage> Begin(TemporaryFolder folder, int which, int count, string mode = "abx")
    {
        StudioPage page = await Open(folder);
        await page.Watched.Ask<string>(
            Fixed.Replace("WHICH", FormattableString.Invariant($"{which}"), StringComparison.Ordinal));
        await page.Watched.Page.ClickAsync($"[name=mode][value={mode}]");
        await page.Watched.Page.ClickAsync(FormattableString.Invariant($"[name=count][value='{count}']"));
        await page.Watched.Page.ClickAsync("#abx-begin");
        return page;
    }

    private static Task<string> Score(StudioPage page) =>
        page.Watched.Ask<string>("document.querySelector('.abx .score').textContent");

    private static double Tail(int hits, int trials)
    {
        double sum = 0;
        for (int k = hits; k <= trials; k++)
        {
            double ways = 1;
            for (int i = 1; i <= k; i++)
            {
                ways = ways * (trials - k + i) / i;
            }

            sum += ways;
        }

        return sum / Math.Pow(2, trials);
    }
}
