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
}
