using System.Net.WebSockets;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Microphone;
using Xunit;

namespace VoiceClean.Web.Tests.Microphone;

public class MicrophoneTests
{
    private const int Rate = 44_100;

    private static readonly float[] Voice = [.. TestWav.Samples16(TestServer.Fan).Select(x => x / 32768f)];

    [Fact]
    public async Task Figures_are_those_of_inspect_on_the_same_samples()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        Assert.Equal("voiceclean.mic.1", microphone.Socket.SubProtocol);
        await microphone.Say(Voice);
        await microphone.Order("""{"do":"stop"}""");
        JsonNode last = await microphone.Final();
        Assert.Null(await microphone.Hear());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, microphone.Socket.CloseStatus);

        JsonNode expected = Inspected(Voice, 1);
        Assert.Equal((double)Voice.Length / Rate, (double)last["seconds"]!, 3);
        Assert.Equal(expected["before"]!.ToJsonString(), last["record"]!["before"]!.ToJsonString());
        Assert.Equal(expected["inspection"]!.ToJsonString(), last["record"]!["inspection"]!.ToJsonString());
        Assert.Equal(expected["warnings"]!.ToJsonString(), last["record"]!["warnings"]!.ToJsonString());
        Await.Until(
            () => server.Records.Any(r => r is { Endpoint: "/v1/mic", Status: 101, Reason: "" }),
            "It is noted");
    }

    [Fact]
    public async Task All_channels_count_as_the_device_has_them()
    {
        float[] one = [.. Voice.SelectMany(x => new[] { x, 0f })];
        await using TestServer server = await TestServer.StartAsync(o => o with { MaxUpload = 10_000_000 });
        await using TestMicrophone microphone = await TestMicrophone.Open(server, "rate=44100&channels=2");
        await microphone.Say(one);
        await microphone.Order("""{"do":"stop"}""");
        JsonNode record = (await microphone.Final())["record"]!;
        Assert.Equal(Inspected(one, 2)["before"]!.ToJsonString(), record["before"]!.ToJsonString());
        Assert.Equal(2, (int)record["input"]!["channels"]!);
    }

    [Fact]
    public async Task Interim_figures_come_while_it_is_spoken()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Say(Voice.AsMemory(0, Rate));
        JsonNode first = (await microphone.Hear())!;
        Assert.False((bool)first["final"]!);
        Assert.InRange((double)first["seconds"]!, MicrophoneOptions.UpdateS, 1);
        Assert.True((double)first["limit_s"]! <= MicrophoneOptions.LongestS);
        Assert.Equal("ok", (string?)first["record"]!["status"]);
    }

    private static JsonNode Inspected(float[] samples, int channels)
    {
        var format = new MicrophoneFormat(Rate, channels);
        byte[] file =
        [
            .. format.WavHeader(samples.Length * sizeof(float)),
            .. samples.SelectMany(BitConverter.GetBytes),
        ];
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
