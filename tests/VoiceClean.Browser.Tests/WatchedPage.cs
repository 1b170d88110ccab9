using System.Collections.Concurrent;
using System.Text.Json;
using Deque.AxeCore.Commons;
using PuppeteerSharp;
using Xunit;

namespace VoiceClean.Browser.Tests;

/// <summary>
/// A page that is watched: errors of its scripts, errors on its console, dialogs, and every request that is not allowed
/// make the test fail when it ends.
/// </summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentQueue<Uri> _requests = [];
    private Uri? _own;

    private WatchedPage(IPage page) => Page = page;

    /// <summary>The page itself.</summary>
    public IPage Page { get; }

    /// <summary>What it asked for so far, pictures that are in the page itself left out.</summary>
    public IReadOnlyList<Uri> Requests => [.. _requests];

    /// <summary>Faults that may come at any time, and are none here.</summary>
    public Predicate<string> IsExpected { get; set; } = _ => false;

    internal static async Task<WatchedPage> Open(
        IBrowser browser,
        int width,
        int height,
        bool isDark,
        Predicate<Uri> isAllowed)
    {
        var watched = new WatchedPage(await browser.NewPageAsync());
        IPage page = watched.Page;
        page.PageError += (_, e) => watched._faults.Enqueue($"error: {e.Message}");
        page.Console += (_, e) =>
        {
            if (e.Message.Type == ConsoleType.Error)
            {
                watched._faults.Enqueue($"console: {e.Message.Text}");
            }
        };
        page.Dialog += async (_, e) =>
        {
            watched._faults.Enqueue($"dialog: {e.Dialog.Message}");
            await e.Dialog.Dismiss();
        };
        page.Request += (_, e) =>
        {
            var url = new Uri(e.Request.Url);
            if (url.Scheme is "data" or "blob")
            {
                return;
            }

            watched._requests.Enqueue(url);
            if (url != watched._own && !isAllowed(url))
            {
                watched._faults.Enqueue($"request: {url}");
            }
        };
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await page.EmulateMediaFeaturesAsync(
        [
            new MediaFeatureValue
            {
                MediaFeature = MediaFeature.PrefersColorScheme,
                Value = isDark ? "dark" : "light",
            },
        ]);
        return watched;
    }

    /// <summary>Goes to an address and waits until it is loaded.</summary>
    public Task Go(Uri url)
    {
        _own = url;
        return Page.GoToAsync(url.AbsoluteUri, new NavigationOptions { WaitUntil = [WaitUntilNavigation.Load] });
    }

    /// <summary>What an expression of JavaScript gives.</summary>
    public Task<T> Ask<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Presses keys, one after the other.</summary>
    public async Task Press(params string[] keys)
    {
        foreach (string key in keys)
        {
            await Page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>Fails if axe finds anything that keeps somebody out.</summary>
    /// <param name="what">What is looked at, for the message.</param>
    public async Task AssertAccessible(string what)
    {
        await Page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        string found = await Ask<string>(
            "axe.run().then(r => JSON.stringify(r.violations.map(v => "
                + "v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))");
        string[] violations = JsonSerializer.Deserialize<string[]>(found)!;
        Assert.True(violations.Length == 0, $"{what}:\n{string.Join('\n', violations)}");
    }

    /// <summary>Leaves a picture in the folder VOICECLEAN_SCREENSHOTS, for whoever wants to look.</summary>
    /// <param name="name">Without ending.</param>
    /// <param name="isWhole">Whether all of the page is wanted, not only what the window shows.</param>
    public async Task Keep(string name, bool isWhole = false)
    {
        if (Environment.GetEnvironmentVariable("VOICECLEAN_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(
                Path.Combine(folder, name + ".png"),
                new ScreenshotOptions { FullPage = isWhole });
        }
    }

    /// <summary>Forgets faults that a test has provoked, and returns them.</summary>
    public IReadOnlyList<string> TakeFaults()
    {
        var taken = new List<string>();
        while (_faults.TryDequeue(out string? fault))
        {
            taken.Add(fault);
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        string[] faults = [.. _faults.Where(f => !IsExpected(f))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }
}
