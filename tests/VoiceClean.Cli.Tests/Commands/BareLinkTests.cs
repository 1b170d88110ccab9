using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>Links that are named as people do it, in their own folder: by a bare name.</summary>
public sealed class BareLinkTests : IDisposable
{
    private static readonly string Sample = BuiltProgram.Sample("hum.wav");

    private readonly ShellRun _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("in.wav link -fq", "RIFF")]
    [InlineData("in.wav out.wav --report link -fq", "{")]
    [InlineData("batch in.wav -o out --report link -q --force", "{")]
    [InlineData("in.wav out.wav --log-file link -q", "20")]
    public void A_link_that_is_named_without_a_folder_leads_to_the_file_beside_it(string words, string begins)
    {
        File.Copy(Sample, _shell["in.wav"]);
        File.WriteAllText(_shell["target"], "");
        File.CreateSymbolicLink(_shell["link"], "target");
        Assert.Equal((0, ""), Without(_shell.Run($"$vc {words}")));
        Assert.StartsWith(begins, File.ReadAllText(_shell["target"]), StringComparison.Ordinal);
        Assert.Equal("target", new FileInfo(_shell["link"]).LinkTarget);
    }

    [Theory]
    [InlineData("in.wav link -fq")]
    [InlineData("in.wav out.wav --report link -fq")]
    [InlineData("inspect in.wav --report link -q --force")]
    [InlineData("in.wav out.wav --log-file link -fq")]
    public void A_link_to_an_input_that_is_named_without_a_folder_is_refused(string words)
    {
        File.Copy(Sample, _shell["in.wav"]);
        File.CreateSymbolicLink(_shell["link"], "in.wav");
        (int exitCode, _, string errors) = _shell.Run($"$vc {words}");
        Assert.Contains("link is one of the inputs", errors, StringComparison.Ordinal);
        Assert.Equal(5, exitCode);
        Assert.Equal(File.ReadAllBytes(Sample), File.ReadAllBytes(_shell["in.wav"]));
    }

    private static (int ExitCode, string Errors) Without((int ExitCode, string Output, string Errors) run) =>
        (run.ExitCode, run.Errors);
}
