using PuppeteerSharp;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests;

/// <summary>
/// A Chromium for the tests of one class: that of VOICECLEAN_BROWSER, else the first that is installed. Without one the
/// tests are skipped.
/// </summary>
public class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    // Nothing that asks the network of its own accord, and nothing kept from one run to the next.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
    ];

    private readonly TemporaryFolder _profile = new();
    private IBrowser? _browser;

    /// <summary>More arguments of the browser, for instance a microphone that plays a file.</summary>
    protected virtual IEnumerable<string> MoreArguments => [];

    public async ValueTask InitializeAsync()
    {
        if (Executable() is { } path)
        {
            _browser = await Puppeteer.LaunchAsync(
                new LaunchOptions
                {
                    ExecutablePath = path,
                    Headless = true,
                    UserDataDir = _profile["profile"],
                    Args = [.. Arguments, .. MoreArguments],
                    Timeout = (int)Await.Limit.TotalMilliseconds,
                });
        }
    }

    /// <summary>An empty page of its own.</summary>
    /// <param name="width">Of the window [pixel].</param>
    /// <param name="height">Of the window [pixel].</param>
    /// <param name="isDark">Which colours the system asks for.</param>
    /// <param name="isAllowed">Which addresses a page may ask for; null = none but the page itself.</param>
    public async Task<WatchedPage> OpenPage(
        int width = 1280,
        int height = 800,
        bool isDark = false,
        Predicate<Uri>? isAllowed = null)
    {
        Requires.That(_browser is not null, "No Chromium is installed.");
        return await WatchedPage.Open(_browser!, width, height, isDark, isAllowed ?? (_ => false));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await Task.Run(RemoveProfile);
    }

    // The browser's last processes may still write while they end.
    private void RemoveProfile() => Await.Until(
        () =>
        {
            try
            {
                _profile.Dispose();
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return e is DirectoryNotFoundException;
            }
        },
        "The browser has left its profile");

    private static string? Executable() =>
        Environment.GetEnvironmentVariable("VOICECLEAN_BROWSER") is { Length: > 0 } named
            ? named
            : Names.Select(ExternalProgram.Find).FirstOrDefault(p => p is not null);
}
