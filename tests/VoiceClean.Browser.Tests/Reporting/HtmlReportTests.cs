using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Reporting;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Reporting;

public sealed class HtmlReportTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    private const string Grid = "document.querySelector('[role=grid]')";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Ten_thousand_rows_are_a_small_file_few_elements_and_no_request()
    {
        Uri page = Reports.Page(_folder, [.. Enumerable.Range(0, 10_000).Select(i => Reports.Made(i))]);
        Assert.InRange(new FileInfo(page.LocalPath).Length, 1, 1_200_000);
        await using WatchedPage watched = await browser.OpenPage();
        await watched.Go(page);
        Assert.Equal("10001", await watched.Ask<string>(Grid + ".getAttribute('aria-rowcount')"));
        Assert.InRange(await Rows(watched), 10, 60);
        Assert.InRange(await watched.Ask<int>("document.querySelectorAll('*').length"), 100, 3_000);

        await watched.Ask<object>(Grid + ".focus()");
        await watched.Press("End");
        await watched.Ask<object>("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.InRange(await Rows(watched), 10, 60);
        Assert.Contains("09999.wav", await watched.Ask<string>(Active), StringComparison.Ordinal);
        Assert.Equal([page], watched.Requests);
    }

    [Fact]
    public async Task The_table_is_searched_filtered_and_sorted()
    {
        Uri page = Reports.Page(
            _folder,
            [
                .. Enumerable.Range(0, 300).Select(i => Reports.Made(i)),
                Reports.Lost(300, ClipStatus.Rejected, ReasonCodes.Silent),
                Reports.Lost(301, ClipStatus.Failed, ReasonCodes.DecodeFailed),
            ]);
        await using WatchedPage watched = await browser.OpenPage();
        await watched.Go(page);
        await watched.Page.TypeAsync("input[type=search]", "speaker3/ 0029");
        Assert.Equal("2", await watched.Ask<string>(Grid + ".getAttribute('aria-rowcount')"));
        Assert.Equal(
            "1 of 302",
            await watched.Ask<string>("document.querySelector('.filter [role=status]').textContent"));

        await watched.Page.ClickAsync(".filter button");
        await watched.Page.SelectAsync(".filter select", "2");
        Assert.Contains("Rejected", await watched.Ask<string>(Active), StringComparison.Ordinal);
        Assert.Contains("Silent", await watched.Ask<string>(Active), StringComparison.Ordinal);
        await watched.Page.SelectAsync(".filter select", "");

        await Sort(watched, "SNR after");
        Assert.Contains("51.3", await watched.Ask<string>(Active), StringComparison.Ordinal);
        await Sort(watched, "SNR after");
        Assert.Contains("12.3", await watched.Ask<string>(Active), StringComparison.Ordinal);
        Assert.Equal("ascending", await watched.Ask<string>("document.querySelector('[aria-sort]').ariaSort"));
        await watched.Page.TypeAsync("input[type=search]", "nothing is called like this");
        Assert.False(await watched.Ask<bool>("document.querySelector('.table .empty').hidden"));
    }

    [Fact]
    public async Task A_ratio_beyond_the_measurable_is_told_as_such()
    {
        ClipReport clean = Reports.Made(1) with { After = new Measurements { SnrDb = 40, SnrIsLowerBound = true } };
        await using WatchedPage watched = await browser.OpenPage();
        await watched.Go(Reports.Page(_folder, [clean]));
        Assert.Contains(">40", await watched.Ask<string>(Active), StringComparison.Ordinal);
        Assert.Contains("After >40", await watched.Ask<string>("document.body.textContent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard()
    {
        Uri page = Reports.Page(_folder, [.. Enumerable.Range(0, 50).Select(i => Reports.Made(i))]);
        await using WatchedPage watched = await browser.OpenPage();
        await watched.Go(page);
        await watched.Ask<object>(Grid + ".focus()");
        await watched.Press("ArrowDown", "ArrowDown", "ArrowUp", "Enter");
        Assert.True(await watched.Ask<bool>("document.querySelector('dialog').open"));
        Assert.EndsWith("00001.wav", await Heading(watched), StringComparison.Ordinal);
        await watched.Press("ArrowRight");
        Assert.EndsWith("00002.wav", await Heading(watched), StringComparison.Ordinal);
        await watched.Press("Escape");
        Assert.False(await watched.Ask<bool>("document.querySelector('dialog').open"));
        Assert.Equal("grid", await watched.Ask<string>("document.activeElement.getAttribute('role')"));
        await watched.Press("PageDown", "Home");
        Assert.Contains("00000.wav", await watched.Ask<string>(Active), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_files_stay_text_whatever_is_in_them()
    {
        string[] names = [.. Reports.HostileNames];
        ClipReport[] reports =
        [
            .. names.Select((n, i) => i % 2 == 0
                ? Reports.Made(i, n)
                : Reports.Lost(i, ClipStatus.Failed, i % 4 == 1 ? "<b onclick=alert(6)>" : "__proto__", n)),
        ];
        Uri page = Reports.Page(
            _folder,
            [.. reports.Select(r => r with { Warnings = [new Warning("constructor", "<i>x</i>")] })],
            new ReportOptions { Title = "</title><script>alert(7)</script>" });
        await using WatchedPage watched = await browser.OpenPage(height: 2000);
        await watched.Go(page);
        Assert.Equal("module", await watched.Ask<string>("[...document.scripts].map(s => s.type).slice(1).join()"));
        Assert.Equal(0, await Found(watched, "img[src=x], b[onclick], i:not([class])"));
        Assert.Equal(
            "</title><script>alert(7)</script>",
            await watched.Ask<string>("document.querySelector('h1').innerText"));
        string[] shown = await watched.Ask<string[]>(
            "[...document.querySelectorAll('.body [role=row]')].map(r => r.firstChild.textContent)");
        Assert.Equal(names.Select(Visible), shown);
        foreach (int _ in Enumerable.Range(0, names.Length))
        {
            await watched.Ask<object>(Grid + ".focus()");
            await watched.Press("Enter", "Escape", "ArrowDown");
        }

        Assert.Equal(0, await Found(watched, "[onclick], [onerror], [onmouseover]"));
    }

    [Fact]
    public async Task A_script_that_is_not_the_reports_own_does_not_run()
    {
        Uri page = Reports.Page(_folder, [Reports.Made(1)]);
        await using WatchedPage watched = await browser.OpenPage();
        await watched.Go(page);
        await watched.Ask<object>(
            "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }))");
        await watched.Ask<object>("fetch('https://example.invalid/').catch(() => null)");
        Assert.True(await watched.Ask<bool>("window.ran === undefined"));
        Assert.All(watched.TakeFaults(), f => Assert.Contains("Content Security Policy", f, StringComparison.Ordinal));
        Assert.Equal([page], watched.Requests);
    }

    public void Dispose() => _folder.Dispose();

    // What turns the direction of writing, or cannot be seen at all, stands there by its number.
    private static string Visible(string name) => name == ""
        ? "(no name)"
        : string.Concat(name.Select(c => c switch
        {
            '\uD800' => "\uFFFD",
            '\n' or '\u2028' or '\u2029' or '\u202E' => $"⟨{(int)c:X4}⟩",
            _ => $"{c}",
        }));

    private const string Active = "document.querySelector('.body .active').textContent";

    private static Task<int> Rows(WatchedPage page) => Found(page, ".body [role=row]");

    private static Task<int> Found(WatchedPage page, string selector) =>
        page.Ask<int>($"document.querySelectorAll('{selector}').length");

    private static Task<string> Heading(WatchedPage page) =>
        page.Ask<string>("document.querySelector('dialog h2').textContent");

    private static Task<object> Sort(WatchedPage page, string title) => page.Ask<object>(
        "[...document.querySelectorAll('[role=columnheader] button')]"
            + $".find(b => b.textContent === '{title}').click()");
}
