using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests;

public class InspectTests
{
    [Fact]
    public void A_table_goes_to_standard_output_and_nothing_is_written()
    {
        using var space = new TemporaryFolder();
        File.Copy(BuiltProgram.Sample("hum.wav"), space["hum.wav"]);
        BuiltProgram.Result result = BuiltProgram.Run("inspect", space["hum.wav"]);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("verdict ", result.Text, StringComparison.Ordinal);
        Assert.Contains("Mains hum of 50 Hz", result.Text, StringComparison.Ordinal);
        Assert.Contains("> ", result.Text, StringComparison.Ordinal);
        Assert.Equal(["hum.wav"], space.Names());
    }

    [Fact]
    public void Json_has_a_line_for_each_file_in_their_order_and_a_summary()
    {
        string samples = Path.GetDirectoryName(BuiltProgram.Sample("hum.wav"))!;
        BuiltProgram.Result result = BuiltProgram.Run("inspect", samples, "--json", "-j", "2", "--include", "*.wav");
        Assert.Equal(0, result.ExitCode);
        JsonNode[] lines = result.JsonLines;
        Assert.Equal(["fan.wav", "hum.wav", "keyboard.wav", null], lines.Select(l => (string?)l["id"]));
        Assert.All(lines[..^1], l =>
        {
            Assert.NotNull((string?)l["inspection"]!["verdict"]);
            Assert.NotNull((string?)l["inspection"]!["advice"]);
            Assert.NotNull((double?)l["before"]!["snr_db"]);
        });
        Assert.Equal("summary", (string?)lines[^1]["event"]);
    }

    [Fact]
    public void The_gate_turns_a_hopeless_recording_into_exit_code_3()
    {
        using var space = new TemporaryFolder();
        byte[] wav = File.ReadAllBytes(BuiltProgram.Sample("hum.wav"));
        wav.AsSpan(44).Clear();
        File.WriteAllBytes(space["silent.wav"], wav);
        Assert.Equal(0, BuiltProgram.Run("inspect", space["silent.wav"]).ExitCode);
        Assert.Equal(3, BuiltProgram.Run("inspect", "--gate", space["silent.wav"]).ExitCode);
        Assert.Equal(0, BuiltProgram.Run("inspect", "--gate", BuiltProgram.Sample("hum.wav")).ExitCode);
        Assert.Equal(4, BuiltProgram.Run("inspect", space["missing.wav"]).ExitCode);
        File.WriteAllText(space["text.wav"], "no audio");
        Assert.Equal(1, BuiltProgram.Run("inspect", space.Path).ExitCode);
    }

    [Fact]
    public void Several_audio_tracks_are_listed_and_one_of_them_can_be_chosen()
    {
        Requires.Ffmpeg();
        using var space = new TemporaryFolder();
        ExternalProgram.Ffmpeg(
            "-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono:d=3", "-i", BuiltProgram.Sample("fan.wav"), "-map", "0",
            "-map", "1", "-c:a", "aac", "-metadata:s:a:1", "title=Mic", space["obs.mkv"]);
        BuiltProgram.Result table = BuiltProgram.Run("inspect", space["obs.mkv"]);
        Assert.Contains("- audio track 1: A_AAC, speech 0.0 s, default\n", table.Text, StringComparison.Ordinal);
        Assert.Contains("- audio track 2: A_AAC, \"Mic\", speech", table.Text, StringComparison.Ordinal);
        Assert.Contains("2 audio tracks; track 2 is used", table.Text, StringComparison.Ordinal);
        JsonNode json = BuiltProgram.Run("inspect", space["obs.mkv"], "--json", "--track", "1").JsonLines[0];
        Assert.Equal([true, false], json["input"]!["tracks"]!.AsArray().Select(t => (bool)t!["is_used"]!));
        Assert.Equal(0, BuiltProgram.Run(space["obs.mkv"], space["2.wav"], "--track", "2").ExitCode);
        Assert.Equal(3, BuiltProgram.Run(space["obs.mkv"], space["1.wav"], "--track", "1").ExitCode);
        Assert.Equal(4, BuiltProgram.Run(space["obs.mkv"], space["3.wav"], "--track", "3").ExitCode);
        Assert.Equal(2, BuiltProgram.Run(space["obs.mkv"], space["0.wav"], "--track", "0").ExitCode);
    }

    [Fact]
    public void All_commands_give_the_same_reason_in_the_same_words()
    {
        using var space = new TemporaryFolder();
        Directory.CreateDirectory(space["in"]);
        short[] fan = [.. BitCast(File.ReadAllBytes(BuiltProgram.Sample("fan.wav"))[44..])];
        var random = new Random(1);
        Put("fan", fan);
        Put("clipped", [.. fan.Select(x => (short)Math.Clamp(20 * x, short.MinValue, short.MaxValue))]);
        Put("short", fan[..5_000]);
        Put("silent", new short[64_000]);
        Put("noise", [.. Enumerable.Range(0, 96_000).Select(_ => (short)random.Next(-3_000, 3_000))]);
        Dictionary<string, string> inspected = Verdicts("inspect", "--gate", space["in"]);
        Assert.Equal(
            ["clipped", "no_speech", "silent", "too_short"],
            inspected.Values.Where(v => v.Length > 2).Select(v => v.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(inspected, Verdicts("batch", space["in"], "-o", space["out"]));
        Assert.Equal(inspected, Verdicts("dataset", space["in"], "-o", space["set"]));
        Assert.Equal(
            inspected,
            inspected.Keys.ToDictionary(n => n, n => Verdicts(space[$"in/{n}"], space[$"one-{n}"])[n]));

        void Put(string name, short[] samples) =>
            File.WriteAllBytes(space[$"in/{name}.wav"], TestWav.Pcm16(44_100, samples));

        static IEnumerable<short> BitCast(byte[] bytes) =>
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(bytes).ToArray();

        static Dictionary<string, string> Verdicts(params string[] words) =>
            BuiltProgram.Run([.. words, "--json"]).JsonLines
                .Where(l => (string?)l["event"] == "file")
                .ToDictionary(l => (string)l["id"]!, l => $"{(string?)l["reason"]} {(string?)l["message"]}");
    }
}
