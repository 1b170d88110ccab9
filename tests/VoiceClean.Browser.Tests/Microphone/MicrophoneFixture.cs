using System.Net;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;
using VoiceClean.Web.Serve;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>A browser whose microphone plays a file over and over, and servers whose page listens to it.</summary>
public abstract class MicrophoneFixture : BrowserFixture
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Prepares the file.</summary>
    /// <param name="wav">What the microphone hears.</param>
    protected MicrophoneFixture(byte[] wav) => File.WriteAllBytes(_folder["heard.wav"], wav);

    protected override IEnumerable<string> MoreArguments =>
    [
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        $"--use-file-for-fake-audio-capture={_folder["heard.wav"]}",
        "--autoplay-policy=no-user-gesture-required", "--lang=en-US",
    ];

    /// <summary>Starts a server and opens a page of it that is still empty.</summary>
    /// <param name="isDark">Which colours the system asks for.</param>
    /// <param name="change">What is to be different of the server.</param>
    /// <param name="more">Another origin that the page may ask; null = none.</param>
    internal async Task<MicrophonePage> Open(
        bool isDark = false,
        Func<ServeOptions, ServeOptions>? change = null,
        string? more = null)
    {
        var options = new ServeOptions
        {
            Listen = new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0), null),
            Pool = new PoolOptions { Workers = 1, Queue = 4 },
            Farewell = TimeSpan.Zero,
        };
        var server = new CleaningServer(change?.Invoke(options) ?? options);
        var address = new Uri((await server.StartAsync())[0]);
        WatchedPage watched = await OpenPage(isDark: isDark, isAllowed: IsAllowed);
        bool IsAllowed(Uri u) => u.Authority == address.Authority || u.GetLeftPart(UriPartial.Authority) == more;
        return new MicrophonePage(server, address, watched);
    }
}

/// <summary>A voice in the noise of a fan: a recording that comes with the repository.</summary>
public sealed class VoiceFixture() : MicrophoneFixture(
    File.ReadAllBytes(Path.Combine(SampleFolder.Path, "fan.wav")));

/// <summary>Silence for four seconds, then a tone that is cut off at full scale for one.</summary>
public sealed class ClippingFixture() : MicrophoneFixture(TestWav.Pcm16(48_000, Make()))
{
    private static float[] Make()
    {
        float[] samples = new float[5 * 48_000];
        for (int i = 4 * 48_000; i < samples.Length; i++)
        {
            samples[i] = Math.Clamp(3 * MathF.Sin(2 * MathF.PI * 200 * i / 48_000), -1, 1);
        }

        return samples;
    }
}

/// <summary>A microphone that is muted.</summary>
public sealed class MutedFixture() : MicrophoneFixture(TestWav.Pcm16(48_000, new float[48_000]));
