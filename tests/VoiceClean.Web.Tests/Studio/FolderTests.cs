using System.Text.Json.Nodes;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>Which files a studio reads and which it writes.</summary>
public class FolderTests
{
    [Fact]
    public async Task Of_a_recording_of_more_than_ten_minutes_the_first_ten_are_opened_and_it_says_so()
    {
        await using TestStudio studio = await TestStudio.StartAsync((options, folder) =>
        {
            float[] samples = new float[610 * 8000];
            SyllablesInNoise.Make(12, seed: 1, rate: 8000).CopyTo(samples.AsSpan());
            File.WriteAllBytes(Path.Combine(folder, "recordings", "long.wav"), TestWav.Pcm16(8000, samples));
            return options;
        });
        JsonNode clip = await studio.Open("long.wav");
        Assert.Equal((600.0, 610.0), ((double)clip["duration_s"]!, (double)clip["whole_s"]!));
        Assert.False((bool)(await studio.Render(clip))["exact"]!);
    }

    [Fact]
    public async Task Without_a_folder_for_results_nothing_is_written()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        Assert.False((bool)(await studio.Session())["can_write"]!);
        JsonNode render = await studio.Render(await studio.Open("fan.wav"));
        (int status, JsonNode body) = await Save(studio, render, "a.wav");
        Assert.Equal((403, "read_only"), (status, (string)body["reason"]!));
        Assert.Equal(["fan.wav", "talk.wav"], Names(studio.Recordings));
    }

    [Fact]
    public async Task A_result_is_saved_once_under_its_name()
    {
        await using TestStudio studio = await Writing();
        JsonNode render = await studio.Render(await studio.Open("fan.wav"));
        Assert.Equal(201, (await Save(studio, render, "tuned.wav")).Status);
        Assert.Equal(
            (await studio.Get($"/api/renders/{render["render"]}/result.wav")).Body,
            File.ReadAllBytes(Path.Combine(studio.Results, "tuned.wav")));
        (int status, JsonNode body) = await Save(studio, render, "tuned.wav");
        Assert.Equal((409, "output_exists"), (status, (string)body["reason"]!));
        Assert.Equal(["tuned.wav"], Names(studio.Results));
    }

    [Fact]
    public async Task A_folder_of_results_that_cannot_be_made_is_no_bug_of_ours()
    {
        await using TestStudio studio = await Writing();
        JsonNode render = await studio.Render(await studio.Open("fan.wav"));
        File.WriteAllText(studio.Results, "a file of that name");
        (int status, JsonNode body) = await Save(studio, render, "a.wav");
        Assert.NotEqual("internal_error", (string)body["reason"]!);
        Assert.Contains(studio.Results, (string)body["detail"]!, StringComparison.Ordinal);
        Assert.InRange(status, 400, 599);
        File.Delete(studio.Results);
        Assert.Equal(201, (await Save(studio, render, "a.wav")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".wav")]
    [InlineData("../a.wav")]
    [InlineData("/tmp/a.wav")]
    [InlineData("sub/a.wav")]
    [InlineData("sub\\a.wav")]
    [InlineData("C:a.wav")]
    [InlineData("a.wav\0")]
    [InlineData("a\n.wav")]
    [InlineData("a.mp3")]
    [InlineData("a.wav/")]
    [InlineData("\ud800.wav")]
    public async Task A_name_stays_in_its_folder(string name)
    {
        await using TestStudio studio = await Writing();
        JsonNode render = await studio.Render(await studio.Open("fan.wav"));
        (int status, JsonNode body) = await Save(studio, render, name);
        Assert.Equal((400, "bad_options"), (status, (string)body["reason"]!));
        Assert.False(Directory.Exists(studio.Results) && Names(studio.Results).Length > 0);
        (status, _) = await Save(studio, render, new string('x', 300) + ".wav");
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task A_link_in_the_folder_of_results_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        await using TestStudio studio = await Writing();
        Directory.CreateDirectory(studio.Results);
        string outside = Path.Combine(studio.Recordings, "new.wav");
        File.CreateSymbolicLink(Path.Combine(studio.Results, "link.wav"), outside);
        JsonNode render = await studio.Render(await studio.Open("fan.wav"));
        Assert.Equal(409, (await Save(studio, render, "link.wav")).Status);
        Assert.False(File.Exists(outside));
    }

    [Fact]
    public async Task Links_that_lead_out_of_the_folder_are_not_opened_whenever_they_came()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        await using TestStudio studio = await TestStudio.StartAsync((options, folder) =>
        {
            string secret = Path.Combine(folder, "secret");
            Directory.CreateDirectory(secret);
            File.WriteAllBytes(Path.Combine(secret, "outside.wav"), TestServer.Fan);
            File.CreateSymbolicLink(Path.Combine(options.Source!, "out.wav"), Path.Combine(secret, "outside.wav"));
            Directory.CreateSymbolicLink(Path.Combine(options.Source!, "way"), secret);
            File.CreateSymbolicLink(Path.Combine(options.Source!, "in.wav"), Path.Combine(options.Source!, "fan.wav"));
            return options;
        });
        string[] names = [.. (await studio.Session())["files"]!.AsArray().Select(f => (string)f!["name"]!)];
        Assert.DoesNotContain("out.wav", names);
        Assert.DoesNotContain(names, n => n.StartsWith("way", StringComparison.Ordinal));

        string id = await studio.FileId("talk.wav");
        string talk = Path.Combine(studio.Recordings, "talk.wav");
        File.Delete(talk);
        File.CreateSymbolicLink(talk, "/etc/hostname");
        (int status, JsonNode body) = await studio.Post("/api/clips", new JsonObject { ["file"] = id });
        Assert.Equal((404, "not_found"), (status, (string)body["reason"]!));
    }

    [Fact]
    public async Task Hostile_names_of_recordings_are_names_and_nothing_else()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "such names cannot be there");
        string[] hostile =
        [
            "<img src=x onerror=alert(1)>.wav", "'; rm -rf ~ #.wav", "$(id).wav", "-x.wav", "a\nb.wav", "录音 🎤.wav",
            "</script>.wav".Replace('/', '∕'), "\".wav",
        ];
        await using TestStudio studio = await TestStudio.StartAsync((options, folder) =>
        {
            hostile.ToList().ForEach(n => File.WriteAllBytes(Path.Combine(options.Source!, n), TestServer.Fan));
            return options;
        });
        foreach (string name in hostile)
        {
            JsonNode clip = await studio.Open(name), render = await studio.Render(clip);
            string command = (string)render["command"]!;
            Assert.Equal(
                ["voiceclean", Path.Combine(studio.Recordings, name), "out.wav"],
                Words(command));
        }
    }

    [Fact]
    public async Task The_list_begins_with_the_worst_once_all_were_inspected()
    {
        await using TestStudio studio = await TestStudio.StartAsync((options, _) =>
        {
            File.WriteAllText(Path.Combine(options.Source!, "a-text.wav"), "no sound");
            File.WriteAllBytes(
                Path.Combine(options.Source!, "silence.wav"),
                TestWav.Pcm16(TestStudio.Rate, new float[TestStudio.Rate]));
            return options;
        });
        Await.Until(
            () => studio.Session().GetAwaiter().GetResult()["files"]!.AsArray().All(f => f!["verdict"] is not null),
            "all are inspected");
        var files = (await studio.Session())["files"]!.AsArray();
        Assert.Equal(
            ["unreadable", "hopeless"],
            files.Take(2).Select(f => (string)f!["verdict"]!));
        Assert.Equal("fan.wav", (string)files[2]!["name"]!);
        Assert.Equal(10.2, (double)files[2]!["snr_db"]!, 0.5);
    }

    private static Task<TestStudio> Writing() =>
        TestStudio.StartAsync((options, folder) => options with { Output = Path.Combine(folder, "results") });

    private static Task<(int Status, JsonNode Body)> Save(TestStudio studio, JsonNode render, string name) =>
        studio.Post($"/api/renders/{render["render"]}/save", new JsonObject { ["name"] = name });

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!).Order()];

    // What a POSIX shell makes of it.
    private static string[] Words(string command)
    {
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\0' {command}"])
            {
                RedirectStandardOutput = true,
            })!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output.Split('\0')[..^1];
    }

    [Fact]
    public async Task A_recording_that_has_changed_on_disk_is_neither_rendered_nor_saved_as_what_it_was()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        JsonNode clip = await studio.Open("fan.wav");
        JsonNode render = await studio.Render(clip);
        File.SetLastWriteTimeUtc(Path.Combine(studio.Recordings, "fan.wav"), DateTime.UtcNow.AddMinutes(1));
        (int status, JsonNode again) = await studio.TryRender(clip, null);
        Assert.Equal((404, "not_open"), (status, (string)again["reason"]!));
        Assert.Equal(404, (await studio.Get($"/api/renders/{render["render"]}/result.wav")).Status);
        JsonNode opened = await studio.Open("fan.wav");
        Assert.True((bool)(await studio.Render(opened))["exact"]!);
    }
}
