using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>A running server and a page of its microphone check; both end together.</summary>
internal sealed class MicrophonePage(CleaningServer server, Uri address, WatchedPage watched) : IAsyncDisposable
{
    /// <summary>The page.</summary>
    public WatchedPage Watched { get; } = watched;

    /// <summary>The server.</summary>
    public CleaningServer Server { get; } = server;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = address;

    /// <summary>Opens the page.</summary>
    /// <param name="rest">What follows its path: query and fragment.</param>
    public async Task Go(string rest = "")
    {
        await Watched.Go(new Uri(Address, "/mic" + rest));
        await Until("window.microphoneCheck", "the page is there");
    }

    /// <summary>Starts, and waits until so much was heard.</summary>
    /// <param name="seconds">[s] of sound; the first three are the silent step.</param>
    public async Task Listen(double seconds)
    {
        await Watched.Page.ClickAsync("#begin");
        await Heard(seconds);
    }

    /// <summary>Waits until so much was heard [s].</summary>
    public Task Heard(double seconds) => Until(
        FormattableString.Invariant($"(microphoneCheck.take?.seconds ?? 0) >= {seconds}"),
        $"{seconds} s are heard");

    /// <summary>Asks for the result and waits for it.</summary>
    /// <returns>What the server said last.</returns>
    public async Task<JsonNode> Finish()
    {
        await Watched.Page.ClickAsync("#done");
        await State("result");
        return JsonNode.Parse(await Watched.Ask<string>("JSON.stringify(microphoneCheck.figures)"))!;
    }

    /// <summary>Waits for a step of the page.</summary>
    public Task State(string state) => Until($"document.body.dataset.state === '{state}'", $"it is {state}");

    /// <summary>The file that the page would save.</summary>
    public async Task<byte[]> Take()
    {
        string url = await Watched.Ask<string>(
            "new Promise(done => { const r = new FileReader(); r.onload = () => done(r.result);"
                + " r.readAsDataURL(microphoneCheck.take.wav()); })");
        return Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Waits for an expression of JavaScript to hold.</summary>
    public async Task Until(string expression, string what)
    {
        DateTime end = DateTime.UtcNow + Await.Limit;
        while (!await Watched.Ask<bool>($"Boolean({expression})"))
        {
            Assert.True(DateTime.UtcNow < end, $"Waited in vain until {what}: {await Seen()}");
            await Task.Delay(20);
        }
    }

    /// <summary>What the page says.</summary>
    public Task<string> Seen() => Watched.Ask<string>("document.body.innerText");

    public async ValueTask DisposeAsync()
    {
        await Watched.DisposeAsync();
        Server.Pool.End();
        await Server.DrainAsync(Await.Limit);
        await Server.DisposeAsync();
    }
}
