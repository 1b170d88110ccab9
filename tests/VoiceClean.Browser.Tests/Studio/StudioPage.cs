using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>A running studio and a page of it; both end together.</summary>
internal sealed class StudioPage(StudioServer server, Uri address, WatchedPage watched) : IAsyncDisposable
{
    /// <summary>The page.</summary>
    public WatchedPage Watched { get; } = watched;

    /// <summary>Where the studio listens.</summary>
    public Uri Address { get; } = address;

    /// <summary>Opens the studio as its command does, and waits until the first recording is done exactly.</summary>
    public async Task Start()
    {
        await Watched.Go(new Uri(Address, "/#token=" + server.Token));
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

    public async ValueTask DisposeAsync()
    {
        await Watched.DisposeAsync();
        await server.DisposeAsync();
    }

    private Task<string> State() => Watched.Ask<string>("document.getElementById('state')?.textContent ?? ''");
}
