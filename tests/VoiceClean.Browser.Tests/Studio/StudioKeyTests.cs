using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>Every key does what its button does, and only where keys are meant.</summary>
public sealed class StudioKeyTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    // What a key changes, as one text.
    private const string State = """
        (() => {
          const e = id => document.getElementById(id);
          const pressed = id => e(id).getAttribute("aria-pressed");
          return JSON.stringify([
            e("play").classList.contains("playing"),
            ["before", "after", "residue"].find(n => pressed("hear-" + n) === "true"),
            e("time").textContent, e("window").getAttribute("aria-valuetext"), e("picked").textContent, pressed("loop"),
            e("strength").value, [...document.querySelectorAll("#noise-choices input")].find(i => i.checked)?.value,
            e("told").textContent, document.querySelector("dialog[open]")?.id ?? "", location.pathname,
          ]);
        })()
        """;

    private static readonly (string Key, string Button)[] Pairs =
    [
        ("1", "hear-before"), ("3", "hear-residue"), ("2", "hear-after"), ("ArrowRight", "on1"), ("ArrowLeft", "back1"),
        ("End", "to-end"), ("Home", "to-start"), ("ArrowRight", "on1"), ("+", "zoom-in"), ("-", "zoom-out"),
        ("0", "zoom-all"), ("[", "mark-start"), ("ArrowRight", "on1"), ("]", "mark-end"), ("n", "learn"),
        ("l", "loop"), ("l", "loop"), (",", "weaker"), (".", "stronger"), (",", "weaker"), ("u", "undo"),
        ("g", "next-cut"), ("Home", "to-start"), ("?", "help"),
    ];

    [Fact]
    public async Task Each_key_does_what_its_button_does()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage keyed = await browser.Open(folder.Path), clicked = await browser.Open(folder.Path);
        await keyed.Start();
        await clicked.Start();
        foreach ((string key, string button) in Pairs)
        {
            await keyed.Watched.Press(key);
            await clicked.Watched.Page.EvaluateExpressionAsync($"document.getElementById('{button}').click()");
            foreach (StudioPage page in new[] { keyed, clicked })
            {
                await page.Until("document.getElementById('state').classList.contains('exact')", $"{key} is done");
            }

            Assert.Equal(await clicked.Watched.Ask<string>(State), await keyed.Watched.Ask<string>(State));
        }
    }

    [Fact]
    public async Task Each_key_of_the_list_has_a_button_that_can_be_seen()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        string[] hidden = await page.Watched.Ask<string[]>("""
            (async () => {
              const { buttonFor } = await import("/js/keys.js");
              const names = { Space: " ", "←": "ArrowLeft", "→": "ArrowRight", "−": "-" };
              const keys = [...document.querySelectorAll("#key-list kbd")].map(k => k.textContent);
              return keys.filter(k => {
                const shiftKey = k.startsWith("⇧");
                const bare = k.replace("⇧", "");
                const button = document.getElementById(buttonFor({ key: names[bare] ?? bare, shiftKey }));
                return !button || !button.checkVisibility() || button.getBoundingClientRect().width < 24;
              });
            })()
            """);
        Assert.Empty(hidden);
        Assert.InRange(await page.Watched.Ask<int>("document.querySelectorAll('#key-list kbd').length"), 24, 30);
    }

    [Fact]
    public async Task Space_plays_and_pauses_and_Shift_with_U_redoes()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Press("Space");
        await page.Until("document.getElementById('time').textContent > '0:00.2'", "it plays");
        await page.Watched.Press("Space");
        Assert.False(await page.Watched.Ask<bool>("document.getElementById('play').classList.contains('playing')"));
        await page.Watched.Press(",", "u");
        Assert.Equal("0.60", await page.Text("strength-value"));
        await page.Watched.Page.Keyboard.DownAsync("Shift");
        await page.Watched.Press("u");
        await page.Watched.Page.Keyboard.UpAsync("Shift");
        Assert.Equal("0.55", await page.Text("strength-value"));
    }

    [Fact]
    public async Task Keys_are_off_in_fields_and_where_they_are_switched_off()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Page.FocusAsync("#search");
        await page.Watched.Press("3", ",");
        Assert.Equal("0.60", await page.Text("strength-value"));
        await page.Watched.Ask<bool>("document.activeElement.blur() ?? true");
        await page.Watched.Press("?");
        await page.Click("keys-on");
        await page.Watched.Press("Escape");
        await page.Watched.Press("3", ",", "Space");
        Assert.Equal("0.60", await page.Text("strength-value"));
        Assert.Equal("true", await page.Watched.Ask<string>(
            "document.getElementById('hear-after').getAttribute('aria-pressed')"));
    }

    [Fact]
    public async Task The_handles_of_the_noise_are_sliders_that_say_where_they_are()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Press("End", "]", "Home", "ArrowRight", "[", "n");
        await page.Until("document.getElementById('state').classList.contains('exact')", "the noise is learnt");
        await page.Watched.Page.FocusAsync("#noise-start");
        await page.Watched.Press("ArrowRight", "ArrowRight");
        Assert.Equal("noise from 1.02 s", await page.Watched.Ask<string>(
            "document.getElementById('noise-start').getAttribute('aria-valuetext')"));
        await page.Until(
            "document.getElementById('command').textContent.includes('range:1.02s-')",
            "it is the command");
    }

    [Fact]
    public async Task The_ends_of_what_is_kept_are_sliders_that_move_the_cuts()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        double before = await CutEnd(page);
        await page.Watched.Page.FocusAsync("#cut-before");
        await page.Watched.Press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
        Assert.Equal("0.15 s kept before speech", await page.Watched.Ask<string>(
            "document.getElementById('cut-before').getAttribute('aria-valuetext')"));
        await page.Until(
            "document.getElementById('command').textContent.includes('--silence-pad 0.15s,0.2s')",
            "it is the command");
        await page.Until("document.getElementById('state').classList.contains('exact')", "it is exact");
        Assert.Equal(before - 0.05, await CutEnd(page), 3);
    }

    // Where the first cut ends [s], from the picture of four seconds.
    private static Task<double> CutEnd(StudioPage page) =>
        page.Watched.Ask<double>("4 * parseFloat(document.getElementById('cut-before').style.left) / 100");
}
