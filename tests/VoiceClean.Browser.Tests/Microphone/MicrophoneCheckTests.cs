using System.Text.Json.Nodes;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>The page with a microphone that plays a recording.</summary>
public sealed class MicrophoneCheckTests(VoiceFixture browser) : IClassFixture<VoiceFixture>
{
    private const string ForcedOn =
        """
        const told = MediaStreamTrack.prototype.getSettings;
        MediaStreamTrack.prototype.getSettings = function () {
          return { ...told.call(this), NAME: VALUE };
        };
        """;

    [Fact]
    public async Task Figures_are_those_of_inspect_on_the_take_that_is_saved()
    {
        await using MicrophonePage page = await browser.Open();
        await page.Go();
        await page.Listen(8);
        JsonNode last = await page.Finish();
        byte[] take = await page.Take();
        JsonNode expected = Inspected(take);
        Assert.Equal(expected["before"]!.ToJsonString(), last["record"]!["before"]!.ToJsonString());
        Assert.Equal(expected["inspection"]!.ToJsonString(), last["record"]!["inspection"]!.ToJsonString());
        Assert.Equal(expected["warnings"]!.ToJsonString(), last["record"]!["warnings"]!.ToJsonString());
        Assert.True((double)last["seconds"]! >= 8);

        // The words are those of the verdict, in the tiles are the figures of the record.
        string snr = ((double)expected["before"]!["snr_db"]!).ToString(
            "F1",
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(snr, await Tile(page, "snr"), StringComparison.Ordinal);
        Assert.Equal(
            (string?)expected["inspection"]!["verdict"],
            (await page.Watched.Ask<string>("document.querySelector('.verdict .mark').className"))["mark ".Length..]);
    }

    // The device plays the recording over and over, resampled, from any place on: from one of those places all figures
    // are as near as this.
    [Fact]
    public async Task Figures_are_nearly_those_of_inspect_on_the_recording_that_was_heard()
    {
        await using MicrophonePage page = await browser.Open();
        await page.Go();
        await page.Listen(8);
        JsonNode heard = (await page.Finish())["record"]!["before"]!;
        short[] once = TestWav.Samples16(File.ReadAllBytes(Path.Combine(SampleFolder.Path, "fan.wav")));
        const int Rate = 44_100, Step = Rate / 5;
        int length = (int)((double)heard["duration_s"]! * Rate);
        (double worst, string differences) = (double.PositiveInfinity, "");
        for (int from = 0; from < once.Length && worst > 1; from += Step)
        {
            short[] source = [.. Enumerable.Range(from, length).Select(i => once[i % once.Length])];
            (double ratio, string found) = Compared(heard, Inspected(TestWav.Pcm16(Rate, source))["before"]!);
            (worst, differences) = ratio < worst ? (ratio, found) : (worst, differences);
        }

        Assert.True(worst <= 1, differences);
    }

    // The largest difference over what is allowed, and all of them.
    private static (double Worst, string Differences) Compared(JsonNode heard, JsonNode expected)
    {
        (string Name, double Most)[] bounds =
        [
            ("snr_db", 0.5), ("integrated_lufs", 0.1), ("true_peak_dbtp", 0.1), ("noise_floor_dbfs", 0.1),
        ];
        (string Name, double Most, double Found)[] found =
            [.. bounds.Select(b => (b.Name, b.Most, (double)heard[b.Name]! - (double)expected[b.Name]!))];
        return (
            found.Max(f => Math.Abs(f.Found) / f.Most),
            string.Join(", ", found.Select(f => $"{f.Name}: {f.Found:0.000}")));
    }

    [Theory]
    [InlineData("echoCancellation", "true")]
    [InlineData("noiseSuppression", "true")]
    [InlineData("autoGainControl", "true")]
    [InlineData("echoCancellation", "'remote-only'")]
    [InlineData("voiceIsolation", "true")]
    public async Task A_browser_that_changes_the_sound_gets_a_red_bar_and_no_verdict(string name, string value)
    {
        await using MicrophonePage page = await browser.Open();
        await page.Watched.Page.EvaluateExpressionOnNewDocumentAsync(
            ForcedOn.Replace("NAME", name, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal));
        await page.Go();
        await page.Watched.Page.ClickAsync("#begin");
        await page.State("stopped");
        Assert.Equal(1, await page.Watched.Ask<int>("document.querySelectorAll('#bars .notice.stop').length"));
        Assert.Equal("", await page.Watched.Ask<string>("document.getElementById('verdict').textContent.trim()"));
        Assert.Equal(0, page.Server.Microphones!.Taken);
    }

    [Fact]
    public async Task A_browser_that_does_not_tell_is_said_not_to()
    {
        await using MicrophonePage page = await browser.Open();
        await page.Watched.Page.EvaluateExpressionOnNewDocumentAsync(
            ForcedOn.Replace("NAME", "autoGainControl", StringComparison.Ordinal)
                .Replace("VALUE", "undefined", StringComparison.Ordinal));
        await page.Go();
        await page.Listen(1);
        Assert.Contains("not told", await page.Seen(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_and_checking_again_leave_no_microphone_behind()
    {
        await using MicrophonePage page = await browser.Open(change: o => o with { MicrophoneLimit = 1 });
        await page.Go();
        await page.Listen(1);
        await page.Watched.Page.ClickAsync("#cancel");
        await page.State("ready");
        Await.Until(() => page.Server.Microphones!.Taken == 0, "The microphone is free");
        await page.Listen(4);
        await page.Finish();
        Await.Until(() => page.Server.Microphones!.Taken == 0, "The microphone is free");
        await page.Watched.Page.ClickAsync("#again");
        await page.State("silent");
        await page.Heard(1);
    }

    [Fact]
    public async Task With_a_ticket_the_page_comes_in_and_the_address_forgets_it()
    {
        var tokens = BearerTokens.Parse("shop 0123456789abcdef", "f");
        await using MicrophonePage page = await browser.Open(change: o => o with { Tokens = tokens });
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, "/v1/mic/ticket"));
        request.Headers.Authorization = new("Bearer", "0123456789abcdef");
        using HttpResponseMessage answer = await client.SendAsync(request);
        var ticket = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        await page.Go("#token=" + (string)ticket["ticket"]!);
        Assert.Equal("", await page.Watched.Ask<string>("location.hash"));
        await page.Listen(4);
        Assert.True((bool)(await page.Finish())["final"]!);
    }

    [Fact]
    public async Task Without_a_ticket_the_page_says_so()
    {
        var tokens = BearerTokens.Parse("shop 0123456789abcdef", "f");
        await using MicrophonePage page = await browser.Open(change: o => o with { Tokens = tokens });
        await page.Go("#token=0123456789abcdef");
        await page.Watched.Page.ClickAsync("#begin");
        await page.State("stopped");
        Assert.Contains("no longer valid", await page.Seen(), StringComparison.Ordinal);
        Assert.All(page.Watched.TakeFaults(), f => Assert.Matches("401|WebSocket connection", f));
    }

    [Fact]
    public async Task A_server_that_is_full_is_said_to_be()
    {
        await using MicrophonePage page = await browser.Open(change: o => o with { MicrophoneLimit = 1 });
        await page.Go();
        await page.Watched.Ask<bool>(
            "new Promise(done => { window.other = new WebSocket(location.origin.replace('http', 'ws') +"
                + " '/v1/mic?rate=48000&channels=1', ['voiceclean.mic.1']);"
                + " window.other.onopen = () => done(true); })");
        await page.Watched.Page.ClickAsync("#begin");
        await page.State("stopped");
        Assert.Contains("Try again in a moment", await page.Seen(), StringComparison.Ordinal);
        Assert.All(page.Watched.TakeFaults(), f => Assert.Matches("503|WebSocket connection", f));
    }

    private static Task<string> Tile(MicrophonePage page, string name) =>
        page.Watched.Ask<string>($"document.querySelector('[data-name={name}] .figure').textContent");

    private static JsonNode Inspected(byte[] file)
    {
        var job = new ClipJob
        {
            Id = "take.wav",
            InputPath = "take.wav",
            OutputPath = "",
            OpenInput = () => new MemoryStream(file),
            Publish = _ => { },
        };
        return JsonNode.Parse(ReportJson.ToLine(new InspectionPipeline(new CleaningOptions(), false).Inspect(job)))!;
    }
}
