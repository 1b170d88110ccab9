using System.Text.Json.Nodes;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>Which renders a studio keeps, and what it says of results that it has not written.</summary>
public class KeptRenderTests
{
    [Fact]
    public async Task A_short_render_has_its_pictures_while_the_page_hears_of_those_behind_it()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        List<string> renders = [];
        for (int i = 0; i <= OpenClips.MostShort; i++)
        {
            renders.Add((string)(await studio.Render(clip, new JsonObject { ["strength"] = 0.1 * i }))["render"]!);
        }

        List<int> answers = [];
        foreach (string render in renders)
        {
            answers.Add((await studio.Get(
                $"/api/renders/{render}/peaks?signal=after&from=0&length=1&width=10")).Status);
        }

        Assert.Equal([404, .. Enumerable.Repeat(200, OpenClips.MostShort)], answers);
    }

    [Fact]
    public async Task What_integers_cannot_hold_is_said_though_nothing_is_written_yet()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        JsonNode render = await studio.Render(clip, new JsonObject { ["loudness_fixed_gain_db"] = -50 });
        Assert.Contains("low_resolution", render.ToJsonString(), StringComparison.Ordinal);
    }
}
