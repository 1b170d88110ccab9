using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests;

public class StateOptionTests
{
    [Fact]
    public void Nothing_of_ours_lies_in_the_folder_of_the_results_of_a_batch()
    {
        using var space = new TemporaryFolder();
        Directory.CreateDirectory(space["in"]);
        File.Copy(BuiltProgram.Sample("hum.wav"), space["in/a.wav"]);
        string[] command = ["batch", space["in"], "-o", space["out"], "--state", space["memory"], "--json"];
        Assert.Equal(0, BuiltProgram.Run(command).ExitCode);
        Assert.Equal(["a.wav"], Directory.GetFileSystemEntries(space["out"]).Select(Path.GetFileName));
        Assert.True(File.Exists(space["memory/journal.jsonl"]));
        Assert.Equal("unchanged", (string?)BuiltProgram.Run(command).JsonLines[0]["status"]);
        // The memory of one output is not that of another.
        BuiltProgram.Result other = BuiltProgram.Run(
            "batch", space["in"], "-o", space["other"], "--state", space["memory"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("remembers what was done in", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_with_its_memory_elsewhere_is_resumed_and_grows()
    {
        using var space = new TemporaryFolder();
        Directory.CreateDirectory(space["in"]);
        File.Copy(BuiltProgram.Sample("hum.wav"), space["in/a.wav"]);
        string[] command =
            ["dataset", space["in"], "-o", space["set"], "--state", space["memory"], "--speaker", "anna", "--json"];
        Assert.Equal(0, BuiltProgram.Run(command).ExitCode);
        Assert.False(Directory.Exists(space["set/.voiceclean"]));
        string[] first = File.ReadAllLines(space["set/anna.list"]);
        File.Copy(BuiltProgram.Sample("fan.wav"), space["in/b.wav"]);
        BuiltProgram.Result again = BuiltProgram.Run(command);
        Assert.Equal(["unchanged", "ok", null], again.JsonLines.Select(l => (string?)l["status"]));
        Assert.Equal(first, File.ReadAllLines(space["set/anna.list"])[..first.Length]);
        File.Delete(space["in/a.wav"]);
        Assert.Equal(0, BuiltProgram.Run(command).ExitCode);
        Assert.DoesNotContain("/a_", File.ReadAllText(space["set/anna.list"]), StringComparison.Ordinal);
    }
}
