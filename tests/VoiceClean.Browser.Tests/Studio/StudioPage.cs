using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>A running studio and a page of it; both end together.</summary>
internal sealed class StudioPage(StudioServer server, Uri address, WatchedPage watched) : IAsyncDisposable
{
    /// <summary>The page.</summary>
    public WatchedPage Watched { get; } = watched;

    /// <summary>The studio.</summary>
    public StudioServer Server { get; } = server;

    /// <summary>Whether the studio is to be away, or another one: then each try of the page is an error on its
    /// console.</summary>
    public bool IsDown { get; set; }

    /// <summary>What faults that a test provokes have in them; the browser may note them late.</summary>
    public string? Expected { get; set; }

    /// <summary>Where the studio listens.</summary>
    public Uri Address { get; } = address;

    /// <summary>Where its page is, with the word by which the studio knows it.</summary>
    public Uri Keyed => new(Address, "/#token=" + Server.Token);

    /// <summary>Opens the studio as its command does, and waits until the first recording is done exactly.</summary>
    public async Task Start()
    {
        await Watched.Go(Keyed);
        await Until("document.getElementById('state').classList.contains('exact')", "the first result is there");
    }

    /// <summary>Goes to a file of the pages that runs nothing, to try modules in.</summary>
    public Task Quietly() => Watched.Go(new Uri(Address, "/js/dom.js"));

    /// <summary>Waits for an expression of JavaScript to hold.</summary>
    public async Task Until(string expression, string what)
    {
        DateTime end = DateTime.UtcNow + Await.Limit;
        while (!await Watched.Ask<bool>($"Boolean({expression})"))
        {
            Assert.True(DateTime.UtcNow < end, $"Waited in vain until {what}: {await State()}");
            await Task.Delay(20);
        }
    }

    /// <summary>What an element says.</summary>
    public Task<string> Text(string id) => Watched.Ask<string>($"document.getElementById('{id}').textContent");

    /// <summary>Clicks on an element.</summary>
    public Task Click(string id) => Watched.Page.ClickAsync("#" + id);

    /// <summary>Opens the recording of a name.</summary>
    public Task Choose(string name) => Watched.Page.EvaluateFunctionAsync(
        "name => [...document.querySelectorAll('.file')].find(f => f.textContent.startsWith(name)).click()",
        name);

    /// <summary>Puts a text into a field, as somebody who types it and goes on.</summary>
    public async Task Type(string id, string text)
    {
        await Watched.Page.FocusAsync("#" + id);
        await Watched.Page.Keyboard.TypeAsync(text);
        await Watched.Press("Tab");
    }

    /// <summary>Clicks on what lets the browser save a file, and waits for that.</summary>
    /// <param name="id">What to click on.</param>
    /// <param name="path">Where the file will be; its name is that of the page.</param>
    public async Task<string> Download(string id, string path)
    {
        await Watched.Page.Client.SendAsync(
            "Browser.setDownloadBehavior",
            new { behavior = "allow", downloadPath = Path.GetDirectoryName(path) });
        await Click(id);
        await Task.Run(() => Await.Until(() => File.Exists(path) && new FileInfo(path).Length > 0, path + " is there"));
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        // A render that a later one overtakes is answered with 409, which a browser may note on its console, also while
        // the page closes, although the page has given that request up.
        Watched.IsExpected = f => IsDown
            || f.Contains("409 (Conflict)", StringComparison.Ordinal)
            || (Expected is { } expected && f.Contains(expected, StringComparison.Ordinal));
        await Watched.DisposeAsync();
        await Server.DisposeAsync();
    }

    private Task<string> State() => Watched.Ask<string>("document.getElementById('state')?.textContent ?? ''");
}
