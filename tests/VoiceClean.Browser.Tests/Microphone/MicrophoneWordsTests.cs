using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceClean.Browser.Tests.Studio;
using VoiceClean.Inspection;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>What the pages say agrees with the judge, and is said in every language.</summary>
public sealed partial class MicrophoneWordsTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    [Theory]
    [InlineData("i18n/mic")]
    [InlineData("i18n/abx")]
    public void Every_language_has_the_same_words_with_the_same_slots(string name)
    {
        JsonObject english = Words(name + ".en.json"), chinese = Words(name + ".zh-CN.json");
        Assert.Equal(Slots(english), Slots(chinese));
    }

    [Fact]
    public void Words_are_there_for_whatever_a_script_asks_for()
    {
        HashSet<string> known =
            [.. Words("i18n/mic.en.json").Concat(Words("i18n/abx.en.json")).Select(w => w.Key)];
        string[] asked =
        [
            .. Assets.All
                .Where(a => a.Path.StartsWith("js/mic", StringComparison.Ordinal)
                    || a.Path.StartsWith("js/abx", StringComparison.Ordinal)
                    || a.Path == "mic.html")
                .SelectMany(a => Keys().Matches(System.Text.Encoding.UTF8.GetString(a.Content.Span)))
                .Select(m => m.Groups[1].Value)
                .Distinct(),
        ];
        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked.Except(known), a => !a.EndsWith(".css", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_of_the_tiles_are_those_of_the_judge()
    {
        JsonNode limits = await Ask("m.LIMITS");
        var options = new QualityGateOptions();
        double[] of(string code, string subject) =>
        [
            .. JudgeTable.Rules
                .Where(r => r.Code == code && r.Subject == subject)
                .Select(r => r.Limit(options)),
        ];
        double[] noise = [.. of("low_snr", "noise").OrderDescending(), .. of("snr_too_low", "noise")];
        Assert.Equal(noise, limits["snr_db"]!.Deserialize<double[]>()!);
        double[] clipping = [.. limits["clipped"]!.Deserialize<double[]>()!, (double)limits["piled"]!];
        Assert.Equal(of("clipped", "clipping").Order(), clipping);
        Assert.Equal(of("quiet", "level").Single(), (double)limits["lufs"]!);
        Assert.Equal(of("uneven", "range").Single(), (double)limits["range_lu"]!);
    }

    [Fact]
    public async Task There_is_advice_for_every_finding_of_the_judge()
    {
        foreach (string code in JudgeTable.Rules.Select(r => r.Code).Distinct())
        {
            JsonNode advice = await Ask(
                $"m.adviceOf({{ status: 'ok', before: {{}}, warnings: [{{ code: '{code}' }}] }})");
            Assert.True(Words("i18n/mic.en.json").ContainsKey((string)advice["key"]!), code);
        }
    }

    [Fact]
    public async Task A_verdict_is_shown_when_two_updates_agree_and_not_before_somebody_spoke()
    {
        JsonNode shown = await Ask(
            """
            (() => {
              const keeper = new m.VerdictKeeper();
              return [
                [0.5, 0, 'hopeless', false], [1, 0.4, 'hopeless', false], [2, 0.9, 'poor', false],
                [2.5, 1.2, 'poor', false], [3, 1.5, 'poor', false], [3.5, 2, 'good', false], [4, 2.5, 'poor', false],
                [4.5, 3, 'good', false], [5, 3.5, 'good', false], [5.2, 3.5, 'usable', true],
              ].map(([seconds, speech_s, verdict, final]) =>
                keeper.next({ final, seconds, record: { inspection: { verdict }, before: { speech_s } } }));
            })()
            """);
        Assert.Equal(
            [
                "listening", "listening", "listening", "listening", "poor", "poor", "poor", "poor", "good", "usable",
            ],
            shown.Deserialize<string[]>()!);
    }

    [Fact]
    public async Task Bounds_are_shown_as_bounds()
    {
        JsonNode tiles = await Ask(
            "m.tilesOf({ snr_db: 40, snr_is_lower_bound: true, noise_floor_dbfs: -70, noise_floor_is_upper_bound: true,"
                + " clipped_share: 0.00001 })");
        Assert.Equal("≥ 40.0", (string?)tiles[0]!["figure"]);
        Assert.Equal("≤ -70.0", (string?)tiles[2]!["figure"]);
        Assert.Equal("< 0.01", (string?)tiles[3]!["figure"]);
    }

    [Fact]
    public async Task Where_nobody_spoke_nothing_drowned_and_peaks_that_pile_up_are_called_that()
    {
        JsonNode tiles = await Ask(
            "m.tilesOf({ snr_db: -20, speech_s: 0, clipped_share: 0, piled_peaks_ratio: 1e6 })");
        Assert.Equal(
            ("mic.word.snr.none", "mic.word.clipping.piled"),
            ((string)tiles[0]!["word"]!, (string)tiles[3]!["word"]!));
    }

    private async Task<JsonNode> Ask(string expression)
    {
        await using StudioPage page = await browser.Open(null);
        await page.Quietly();
        return JsonNode.Parse(await page.Watched.Ask<string>(
            $"import('/js/mic-verdict.js').then(m => JSON.stringify({expression}))"))!;
    }

    private static JsonObject Words(string path) => JsonNode.Parse(Assets.Find(path)!.Content.Span)!.AsObject();

    private static string[] Slots(JsonObject words) =>
    [
        .. words
            .Select(w => $"{w.Key} {string.Join(' ', SlotsOf((string)w.Value!))}")
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> SlotsOf(string text) =>
        Slot().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"""((?:mic|abx)(?:\.\w+)+)""")]
    private static partial Regex Keys();
}
