using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>Links that lead to one another, and links that lead nowhere, wherever a path is named.</summary>
public sealed class LinkCircleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LinkCircleTests()
    {
        File.Copy(BuiltProgram.Sample("hum.wav"), _folder["in.wav"]);
        File.CreateSymbolicLink(_folder["circle"], "behind");
        File.CreateSymbolicLink(_folder["behind"], "circle");
        File.CreateSymbolicLink(_folder["self"], "self");
        File.CreateSymbolicLink(_folder["nowhere"], "not/there");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in.wav circle")]
    [InlineData("in.wav self --force")]
    [InlineData("in.wav self/out.wav")]
    [InlineData("in.wav out.wav --report circle")]
    [InlineData("in.wav out.wav --report self --force")]
    [InlineData("in.wav out.wav --log-file circle")]
    [InlineData("in.wav out.wav --log-file self/log")]
    [InlineData("batch in.wav -o out --report circle")]
    [InlineData("batch in.wav -o out --report self/r.html")]
    [InlineData("batch in.wav -o out --report self --dry-run")]
    [InlineData("dataset in.wav -o out --log-file self")]
    [InlineData("inspect in.wav --report circle")]
    public void A_file_behind_a_circle_of_links_is_5_with_the_reason_and_nothing_is_written(string words)
    {
        Refused(words, 5, "its links lead in a circle; remove them");
    }

    [Theory]
    [InlineData("batch in.wav -o circle")]
    [InlineData("batch in.wav -o nowhere --dry-run")]
    [InlineData("batch in.wav -o nowhere/")]
    [InlineData("dataset in.wav -o self")]
    [InlineData("dataset in.wav -o out --state nowhere")]
    public void A_folder_that_is_a_link_to_nowhere_is_5_and_is_not_called_a_file(string words)
    {
        Refused(words, 5, "is a link that leads nowhere; remove it");
    }

    [Theory]
    [InlineData("circle out.wav", 4)]
    [InlineData("nowhere out.wav", 4)]
    [InlineData("inspect self", 4)]
    [InlineData("batch nowhere -o out", 4)]
    public void An_input_that_is_a_link_to_nowhere_is_called_one(string words, int exitCode)
    {
        Refused(words, exitCode, "is a link to ");
    }

    [Fact]
    public void A_configuration_behind_a_circle_of_links_says_why_it_cannot_be_read()
    {
        Refused("in.wav out.wav --config circle", 2, "cannot be read: its links lead in a circle");
    }

    private void Refused(string words, int exitCode, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        string[] before = _folder.Names();
        BuiltProgram.Result run = BuiltProgram.Run(
            [.. words.Split(' ').Select(w => w[0] == '-' || w is "batch" or "dataset" or "inspect" ? w : _folder[w])]);
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(before, _folder.Names());
    }
}
