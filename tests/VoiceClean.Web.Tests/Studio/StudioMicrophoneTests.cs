using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;
using VoiceClean.Web.Tests.Microphone;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

public class StudioMicrophoneTests
{
    private static readonly float[] Voice = [.. TestWav.Samples16(TestServer.Fan).Select(x => x / 32768f)];

    [Fact]
    public async Task It_is_for_the_page_of_this_run_alone()
    {
        await using var studio = new StudioServer(new StudioOptions());
        Uri address = await Start(studio);
        Assert.Equal(401, await TestMicrophone.StatusOf(address, null));
        Assert.Equal(401, await TestMicrophone.StatusOf(address, "0123456789abcdef0123456789abcdef"));
        Assert.Equal(403, await TestMicrophone.StatusOf(address, studio.Token, ("Origin", "http://evil.example")));
        Assert.Equal(403, await TestMicrophone.StatusOf(address, studio.Token, ("Origin", "null")));
        Assert.Equal(421, await TestMicrophone.StatusOf(address, studio.Token, ("Host", "evil.example")));
        Assert.Equal(101, await TestMicrophone.StatusOf(address, studio.Token));
    }

    [Fact]
    public async Task There_is_one_microphone_at_a_time()
    {
        await using var studio = new StudioServer(new StudioOptions());
        Uri address = await Start(studio);
        await using (TestMicrophone first = await TestMicrophone.Open(address, studio.Token))
        {
            Assert.Equal(503, await TestMicrophone.StatusOf(address, studio.Token));
        }

        Await.Until(
            () => TestMicrophone.StatusOf(address, studio.Token).GetAwaiter().GetResult() == 101,
            "Who went away has left the microphone");
    }

    [Fact]
    public async Task A_take_is_kept_under_a_name_as_long_as_the_studio_runs()
    {
        var studio = new StudioServer(new StudioOptions());
        Uri address = await Start(studio);
        string path;
        await using (studio)
        {
            await using TestMicrophone microphone = await TestMicrophone.Open(address, studio.Token);
            await microphone.Say(Voice);
            await microphone.Order("""{"do":"stop"}""");
            JsonNode last = await microphone.Final();
            Assert.Equal("m1", (string?)last["file"]);
            StudioFile take = Assert.Single(studio.Takes.All);
            path = take.Path;
            Assert.Equal(44 + (sizeof(float) * Voice.Length), new FileInfo(path).Length);
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                new DirectoryInfo(Path.GetDirectoryName(path)!).UnixFileMode);
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    private static async Task<Uri> Start(StudioServer studio)
    {
        var address = new Uri(await studio.StartAsync());
        return new Uri($"ws://{address.Authority}/api/mic?rate=44100&channels=1");
    }
}
