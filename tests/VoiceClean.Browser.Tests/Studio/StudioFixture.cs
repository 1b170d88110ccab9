using VoiceClean.Cleaning.Options;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>A browser that may play without being asked, and studios to open in it.</summary>
public sealed class StudioFixture : BrowserFixture
{
    protected override IEnumerable<string> MoreArguments =>
        ["--autoplay-policy=no-user-gesture-required", "--lang=en-US"];

    /// <summary>Puts recordings into a folder: syllables in noise, quiet ends.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="names">What they are called; each sounds different.</param>
    internal static void Record(TemporaryFolder folder, params string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            File.WriteAllBytes(folder[names[i]], TestWav.Pcm16(32_000, SyllablesInNoise.Make(4, seed: i)));
        }
    }

    /// <summary>Starts a studio and opens its page.</summary>
    internal async Task<StudioPage> Open(
        string? source,
        string? output = null,
        string language = "en",
        bool isDark = false,
        CleaningOptions? cleaning = null)
    {
        var server = new StudioServer(
            new StudioOptions
            {
                Source = source,
                Output = output,
                Language = language,
                Cleaning = cleaning ?? new CleaningOptions(),
            });
        var address = new Uri(await server.StartAsync());
        WatchedPage watched = await OpenPage(isDark: isDark, isAllowed: u => u.Authority == address.Authority);
        return new StudioPage(server, address, watched);
    }
}
