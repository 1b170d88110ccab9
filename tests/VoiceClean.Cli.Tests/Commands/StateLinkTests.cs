using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>What a run writes for itself does not land where somebody else's link leads.</summary>
public sealed class StateLinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StateLinkTests()
    {
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.Copy(BuiltProgram.Sample("hum.wav"), _folder["in/a.wav"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("batch", ".voiceclean")]
    [InlineData("dataset", ".voiceclean")]
    [InlineData("dataset", "in")]
    [InlineData("dataset", "_rejected")]
    public void A_folder_of_ours_that_is_a_link_is_refused_and_nothing_is_written_through_it(
        string command,
        string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links");
        Directory.CreateDirectory(_folder["out"]);
        Directory.CreateSymbolicLink(_folder[$"out/{name}"], _folder["elsewhere"]);
        Assert.Equal(5, BuiltProgram.Run(command, _folder["in"], "-o", _folder["out"]).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["elsewhere"]));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("journal.jsonl")]
    [InlineData("run.json")]
    public void A_file_of_the_state_that_is_a_link_is_refused_and_what_it_leads_to_stays(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links");
        Directory.CreateDirectory(_folder["out/.voiceclean"]);
        File.WriteAllText(_folder["elsewhere/x"], "mine");
        File.CreateSymbolicLink(_folder[$"out/.voiceclean/{name}"], _folder["elsewhere/x"]);
        Assert.Equal(5, BuiltProgram.Run("batch", _folder["in"], "-o", _folder["out"]).ExitCode);
        Assert.Equal("mine", File.ReadAllText(_folder["elsewhere/x"]));
    }

    [Fact]
    public void A_set_is_not_begun_over_files_of_its_names_that_are_not_its_own()
    {
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder["out/report.json"], "mine");
        Assert.Equal(5, BuiltProgram.Run("dataset", _folder["in"], "-o", _folder["out"]).ExitCode);
        Assert.Equal("mine", File.ReadAllText(_folder["out/report.json"]));
        Assert.Equal(0, BuiltProgram.Run("dataset", _folder["in"], "-o", _folder["out"], "--force").ExitCode);
    }
}
