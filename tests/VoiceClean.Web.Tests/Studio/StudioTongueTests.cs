using System.Text.Json.Nodes;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>What the studio says to a page, in the language of the page.</summary>
public sealed class StudioTongueTests
{
    [Fact]
    public async Task A_refusal_and_its_warnings_are_said_in_the_language_of_the_studio()
    {
        await using TestStudio studio = await Start("zh-CN");
        JsonNode clip = await studio.Open("hiss.wav");
        Assert.Contains("语音", Message(clip["inspection"]!), StringComparison.Ordinal);
        (int status, JsonNode body) = await studio.TryRender(clip);
        Assert.Equal(422, status);
        Assert.StartsWith("没有找到语音", (string)body["detail"]!, StringComparison.Ordinal);
        Assert.Equal("no_speech", (string)body["reason"]!);
    }

    [Fact]
    public async Task Without_a_language_of_its_own_it_speaks_that_of_the_browser()
    {
        await using TestStudio studio = await Start(null);
        JsonNode clip = await studio.Open("hiss.wav");
        Assert.Contains("speech", Message(clip["inspection"]!), StringComparison.Ordinal);
        studio.Client.DefaultRequestHeaders.Add("Accept-Language", "fr, zh;q=0.8, en;q=0.5");
        Assert.Equal("zh-CN", (string)(await studio.Session())["lang"]!);
        (_, JsonNode body) = await studio.TryRender(clip);
        Assert.StartsWith("没有找到语音", (string)body["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_the_studio_says_is_translated_too()
    {
        await using TestStudio studio = await Start("zh-CN");
        JsonNode render = await studio.Render(await studio.Open("talk.wav"));
        (int status, JsonNode body) =
            await studio.Post($"/api/renders/{render["render"]}/save", new JsonObject { ["name"] = "a.wav" });
        Assert.Equal((403, "read_only"), (status, (string)body["reason"]!));
        Assert.Contains("不写入", (string)body["detail"]!, StringComparison.Ordinal);
    }

    private static string Message(JsonNode record) => (string)record["warnings"]!.AsArray()[0]!["message"]!;

    private static Task<TestStudio> Start(string? language) => TestStudio.StartAsync((options, folder) =>
    {
        File.WriteAllBytes(
            Path.Combine(folder, "recordings", "hiss.wav"),
            TestWav.Pcm16(TestStudio.Rate, WhiteNoise.Uniform(96_000, 3, 0.2)));
        return options with { Language = language };
    });
}
