using System.Text.Json.Nodes;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>What a studio makes of recordings.</summary>
public class RenderTests
{
    [Fact]
    public async Task A_recording_is_opened_with_the_record_of_inspect_and_the_noise_that_was_learnt()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        Assert.Equal("usable", (string)clip["inspection"]!["inspection"]!["verdict"]!);
        Assert.Equal(3.937, (double)clip["duration_s"]!, 2);
        Assert.Equal(TestStudio.Rate, (int)clip["sample_rate_hz"]!);
        Assert.Equal("head", (string)clip["noise"]!["source"]!);
        Assert.Equal(clip["noise"]!["bands_hz"]!.AsArray().Count, clip["noise"]!["bands_db"]!.AsArray().Count);
        string path = $"/api/clips/{clip["clip"]}/input.f32";
        float[] input = await studio.Samples(path);
        Assert.Equal((int)Math.Round((double)clip["duration_s"]! * TestStudio.Rate), input.Length);
        Assert.Equal(input[3200..6400], await studio.Samples(path + "?from=0.1&length=0.1"));
    }

    [Fact]
    public async Task Residue_and_what_is_left_make_the_recording()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("talk.wav");
        var plain = new JsonObject { ["loudness"] = "off", ["silence"] = "off", ["strength"] = 0.7 };
        foreach ((double, double)? window in new (double, double)?[] { null, (2, 5) })
        {
            JsonNode render = await studio.Render(clip, plain.DeepClone().AsObject(), window);
            (float[] before, float[] after, float[] residue) = await Signals(studio, render);
            Assert.True(residue.Max(Math.Abs) > 1e-4);
            AssertNear(before, Sum(after, residue), 1e-6);
        }
    }

    [Fact]
    public async Task The_residue_has_the_gain_of_the_result_and_holds_what_the_denoising_took_alone()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("talk.wav");
        JsonNode render = await studio.Render(clip, new JsonObject { ["loudness"] = "-30LUFS" });
        Assert.Equal(0, (double)render["report"]!["process"]!["limiter_max_reduction_db"]!);
        (float[] before, float[] after, float[] residue) = await Signals(studio, render);
        float gain = (float)Math.Pow(10, (double)render["gain_db"]! / 20);
        (int from, int to) = Kept(render)[0];

        // Within the fades of the cuts the result is less than what was denoised.
        int fade = TestStudio.Rate / 10;
        AssertNear(
            [.. before[(from + fade)..(to - fade)].Select(s => gain * s)],
            Sum(after, residue)[(from + fade)..(to - fade)],
            1e-6);
    }

    [Fact]
    public async Task What_is_cut_stays_on_the_time_of_the_input()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        JsonNode render = await studio.Render(clip);
        float[] after = await studio.Samples($"/api/renders/{render["render"]}/after.f32");
        Assert.Equal((int)Math.Round((double)clip["duration_s"]! * TestStudio.Rate), after.Length);
        Assert.True((double)render["removed_s"]! > 0.3);
        short[] result = TestWav.Samples16((await studio.Get($"/api/renders/{render["render"]}/result.wav")).Body);
        int from = Kept(render)[0].From;

        // The time is said to 0.1 ms, which is three samples; the dither is one step of 16 bits.
        Assert.Contains(Enumerable.Range(from - 3, 7), start =>
            Enumerable.Range(0, result.Length).All(i => Math.Abs((result[i] / 32768.0) - after[start + i]) < 6e-5));
    }

    [Theory]
    [InlineData("fan.wav", "{}")]
    [InlineData("fan.wav", "{\"strength\":0.9,\"loudness\":\"-23LUFS\"}")]
    [InlineData("talk.wav", "{\"silence\":\"all\",\"compress\":true}")]
    public async Task Before_is_as_loud_as_after_over_what_both_have(string name, string options)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open(name);
        JsonNode render = await studio.Render(clip, JsonNode.Parse(options)!.AsObject());
        (float[] before, float[] after, _) = await Signals(studio, render);
        float gain = (float)Math.Pow(10, (double)render["match_db"]!["before"]! / 20);
        double difference = Loudness([.. Cut(before, render).Select(s => gain * s)]) - Loudness(Cut(after, render));
        Assert.InRange(difference, -0.1, 0.1);
        Assert.Equal(
            (double)render["match_db"]!["before"]! - (double)render["gain_db"]!,
            (double)render["match_db"]!["residue"]!,
            5);
    }

    [Fact]
    public async Task A_window_is_a_preview_and_has_no_file_and_the_whole_is_exact_and_has_one()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("talk.wav");
        JsonNode preview = await studio.Render(clip, new JsonObject { ["strength"] = 0.5 }, (2, 4));
        Assert.False((bool)preview["exact"]!);
        Assert.Equal((2.0, 4.0), ((double)preview["window"]!["start_s"]!, (double)preview["window"]!["length_s"]!));
        Assert.Equal(4 * TestStudio.Rate, (await studio.Samples($"/api/renders/{preview["render"]}/after.f32")).Length);
        (int status, byte[] body) = await studio.Get($"/api/renders/{preview["render"]}/result.wav");
        Assert.Equal((409, "not_exact"), (status, (string)JsonNode.Parse(body)!["reason"]!));
        JsonNode exact = await studio.Render(clip, new JsonObject { ["strength"] = 0.5 });
        Assert.True((bool)exact["exact"]!);
        Assert.Equal(200, (await studio.Get($"/api/renders/{exact["render"]}/result.wav")).Status);
        float[] whole = await studio.Samples($"/api/renders/{exact["render"]}/after.f32?from=2&length=4");
        float[] window = await studio.Samples($"/api/renders/{preview["render"]}/after.f32");
        double error = whole.Zip(window, (a, b) => (double)(a - b) * (a - b)).Sum();
        Assert.True(10 * Math.Log10(whole.Sum(s => (double)s * s) / error) >= 30);
    }

    [Fact]
    public async Task A_stretch_of_a_recording_is_opened_alone_and_is_never_what_the_command_writes()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        (int status, JsonNode clip) = await studio.Post("/api/clips", new JsonObject
        {
            ["file"] = await studio.FileId("talk.wav"),
            ["start_s"] = 3,
            ["length_s"] = 5,
        });
        Assert.Equal((201, 5.0), (status, (double)clip["duration_s"]!));
        JsonNode render = await studio.Render(clip);
        Assert.False((bool)render["exact"]!);
        Assert.Equal(409, (await studio.Get($"/api/renders/{render["render"]}/result.wav")).Status);
    }

    [Fact]
    public async Task A_later_render_takes_the_place_of_an_earlier_one()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("talk.wav");
        Task<(int Status, JsonNode Body)>[] renders =
        [
            .. Enumerable.Range(1, 12).Select(i =>
                studio.TryRender(clip, new JsonObject { ["strength"] = i / 20.0 })),
        ];
        (int Status, JsonNode Body)[] answers = await Task.WhenAll(renders);
        Assert.All(answers, a => Assert.True(a.Status is 201 or 409, a.Body.ToJsonString()));
        Assert.All(
            answers.Where(a => a.Status == 409),
            a => Assert.Equal("superseded", (string)a.Body["reason"]!));
        Assert.Contains(answers, a => a.Status == 201);
        Assert.Contains(answers, a => a.Status == 409);
    }

    [Fact]
    public async Task Another_rate_reads_the_recording_anew_and_says_so()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        JsonNode render = await studio.Render(clip, new JsonObject { ["rate"] = "48k" });
        Assert.Equal((48_000, false), ((int)render["sample_rate_hz"]!, (bool)render["same_input"]!));
        float[] before = await studio.Samples($"/api/renders/{render["render"]}/before.f32");
        Assert.Equal((double)clip["duration_s"]! * 48_000, before.Length, 3.0);
        Assert.True((bool)(await studio.Render(clip))["same_input"]!);
    }

    [Fact]
    public async Task A_recording_that_the_gate_refuses_is_opened_and_its_render_says_why()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        (int status, JsonNode body) = await studio.TryRender(clip, new JsonObject { ["min-snr"] = "40dB" });
        Assert.Equal((422, "snr_too_low"), (status, (string)body["reason"]!));
        Assert.NotNull(body["report"]);
        _ = await studio.Render(clip, new JsonObject { ["min-snr"] = "40dB", ["gate"] = "warn" });
    }

    [Theory]
    [InlineData("{\"noise\":\"file:/etc/passwd\"}")]
    [InlineData("{\"noise\":{\"file_path\":\"/etc/passwd\"}}")]
    [InlineData("{\"strength\":2}")]
    [InlineData("{\"strenght\":0.5}")]
    [InlineData("{\"stages\":\"nonsense\"}")]
    [InlineData("{\"noise\":\"range:100s-200s\"}")]
    public async Task Options_that_are_none_are_refused(string options)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        (int status, JsonNode body) = await studio.TryRender(clip, JsonNode.Parse(options)!.AsObject());
        Assert.Equal((400, "bad_options"), (status, (string)body["reason"]!));
    }

    [Fact]
    public async Task A_noise_region_becomes_a_range_in_the_command_and_in_the_profile()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        JsonNode render = await studio.Render(clip, new JsonObject { ["noise"] = "range:0.1s-0.4s" });
        Assert.Equal("range", (string)render["noise"]!["source"]!);
        Assert.Equal(0.4, (double)render["noise"]!["end_s"]!, 3);
        Assert.EndsWith("out.wav --noise range:0.1s-0.4s", (string)render["command"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_most_two_recordings_are_open_and_the_one_used_longest_ago_goes()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode first = await studio.Open("fan.wav"), second = await studio.Open("fan.wav");
        _ = await studio.Render(first);
        JsonNode third = await studio.Open("talk.wav");
        Assert.Equal(404, (await studio.TryRender(second)).Status);
        _ = await studio.Render(first);
        _ = await studio.Render(third);
    }

    private static async Task<(float[] Before, float[] After, float[] Residue)> Signals(
        TestStudio studio,
        JsonNode render)
    {
        string path = $"/api/renders/{render["render"]}/";
        return (
            await studio.Samples(path + "before.f32"),
            await studio.Samples(path + "after.f32"),
            await studio.Samples(path + "residue.f32"));
    }

    private static (int From, int To)[] Kept(JsonNode render) =>
    [
        .. render["kept_s"]!.AsArray().Select(r =>
            ((int)Math.Round((double)r![0]! * TestStudio.Rate), (int)Math.Round((double)r[1]! * TestStudio.Rate))),
    ];

    private static float[] Cut(float[] samples, JsonNode render) =>
        [.. Kept(render).SelectMany(r => samples[r.From..Math.Min(r.To, samples.Length)])];

    private static double Loudness(float[] samples) =>
        LoudnessMeasurement.MeasureIntegrated(samples, TestStudio.Rate);

    private static float[] Sum(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(worst <= tolerance, $"{worst}");
    }
}
