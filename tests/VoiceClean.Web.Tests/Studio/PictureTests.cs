using System.Text.Json.Nodes;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>What a studio shows, and the bounds of every figure in a query.</summary>
public class PictureTests
{
    [Fact]
    public async Task Pictures_have_the_size_that_was_asked_for()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav"), render = await studio.Render(clip);
        string of = $"/api/clips/{clip["clip"]}/", made = $"/api/renders/{render["render"]}/";
        const string view = "from=0&length=4&width=300&height=100";
        byte[] before = await Bytes(studio, of + "spectrogram?" + view);
        byte[] after = await Bytes(studio, made + "spectrogram?" + view);
        Assert.Equal(30_000, before.Length);
        Assert.Equal(before, await Bytes(studio, made + "spectrogram?signal=before&" + view));
        Assert.NotEqual(before, after);
        Assert.NotEqual(after, await Bytes(studio, made + "spectrogram?scale=mel&" + view));
        Assert.NotEqual(after, await Bytes(studio, made + "spectrogram?signal=residue&" + view));
        Assert.NotEqual(after, await Bytes(studio, made + "spectrogram?fft=4096&" + view));
        Assert.Equal(after, await Bytes(studio, made + "spectrogram?fft=1024&" + view));
        byte[] gain = await Bytes(studio, made + "spectrogram?signal=gain&" + view);
        Assert.InRange(gain.Min(), 150, 230);
        Assert.Equal(600, (await Bytes(studio, of + "peaks?from=0&length=4&width=300")).Length);
        Assert.Equal(600, (await Bytes(studio, made + "peaks?signal=residue&from=0&length=4&width=300")).Length);
    }

    [Fact]
    public async Task A_preview_shows_its_window_on_the_time_of_the_input()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("talk.wav");
        JsonNode render = await studio.Render(clip, [], (4, 4));
        byte[] peaks = await Bytes(studio, $"/api/renders/{render["render"]}/peaks?from=0&length=12&width=12");
        Assert.All(Enumerable.Range(0, 12), x => Assert.Equal(x is >= 4 and < 8, peaks[(2 * x) + 1] != 0));
    }

    [Theory]
    [InlineData("spectrogram?from=0&length=4&width=0&height=100")]
    [InlineData("spectrogram?from=0&length=4&width=4097&height=100")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=513")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=0")]
    [InlineData("spectrogram?from=0&length=4&width=10.5&height=10")]
    [InlineData("spectrogram?from=-1&length=4&width=10&height=10")]
    [InlineData("spectrogram?from=1e300&length=4&width=10&height=10")]
    [InlineData("spectrogram?from=NaN&length=4&width=10&height=10")]
    [InlineData("spectrogram?from=Infinity&length=4&width=10&height=10")]
    [InlineData("spectrogram?from=0&length=0&width=10&height=10")]
    [InlineData("spectrogram?from=0&length=1e9&width=10&height=10")]
    [InlineData("spectrogram?from=0&length=4&width=10")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=10&scale=bark")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=10&fft=1000")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=10&fft=8192")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=10&signal=../x")]
    [InlineData("spectrogram?from=0&length=4&width=10&width=10&height=10")]
    [InlineData("spectrogram?from=0&length=4&width=10&height=10&path=/etc/passwd")]
    [InlineData("spectrogram?from=0x10&length=4&width=10&height=10")]
    [InlineData("spectrogram?from=%201&length=4&width=10&height=10")]
    [InlineData("peaks?from=0&length=4&width=4097")]
    [InlineData("peaks?from=0&length=4&width=-1")]
    [InlineData("peaks?from=0&length=4")]
    [InlineData("after.f32?from=100&length=4")]
    [InlineData("after.f32?from=0&length=0")]
    [InlineData("after.f32?from=0&length=99999999999")]
    [InlineData("after.f32?to=1")]
    [InlineData("residue.f32?from=1,5")]
    [InlineData("result.wav?x=1")]
    public async Task Every_figure_of_a_query_has_bounds(string query)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav"), render = await studio.Render(clip);
        (int status, byte[] body) = await studio.Get($"/api/renders/{render["render"]}/{query}");
        Assert.Equal((400, "bad_options"), (status, (string)JsonNode.Parse(body)!["reason"]!));
    }

    [Theory]
    [InlineData("/api/clips/c9/input.f32")]
    [InlineData("/api/clips/..%2Fc1/input.f32")]
    [InlineData("/api/renders/r99/after.f32")]
    [InlineData("/api/renders/r99/spectrogram?from=0&length=1&width=1&height=1")]
    public async Task What_is_not_open_is_not_there(string path)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        Assert.Equal(404, (await studio.Get(path)).Status);
    }

    [Theory]
    [InlineData(0, 61)]
    [InlineData(0, 0)]
    [InlineData(50, 1)]
    public async Task A_window_lies_in_the_recording_and_is_no_longer_than_a_minute(double start, double length)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        (int status, JsonNode body) = await studio.TryRender(clip, [], (start, length));
        Assert.Equal((400, "bad_options"), (status, (string)body["reason"]!));
    }

    private static async Task<byte[]> Bytes(TestStudio studio, string path)
    {
        (int status, byte[] body) = await studio.Get(path);
        Assert.Equal((path, 200), (path, status));
        return body;
    }
}
