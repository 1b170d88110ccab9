using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>A refusal names the file that is wrong, and says in words of ours what is wrong with it.</summary>
public sealed class NamedPlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NamedPlaceTests()
    {
        File.Copy(BuiltProgram.Sample("hum.wav"), _folder["in.wav"]);
        File.WriteAllText(_folder["empty"], "");
        Directory.CreateDirectory(_folder["folder"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5, "/folder is a folder; name the file to write, for instance ", "/in.wav", "/folder")]
    [InlineData(4, "/folder is a folder; name a file.", "batch", "-o", "/out", "--from-file", "/folder")]
    [InlineData(4, "The noise recording /empty cannot be used: ", "/in.wav", "/out.wav", "--noise", "file:/empty")]
    [InlineData(4, "The noise recording /none cannot be opened: it does not exist.", "/in.wav", "/out.wav",
        "--noise-file-path", "/none", "--noise-source", "file")]
    [InlineData(2, "configuration /folder is a folder; name a JSON", "/in.wav", "/out.wav", "--config", "/folder")]
    [InlineData(75, "cannot listen on unix:/none/x.sock: this machine has no such address, or there is no such folder",
        "serve", "--listen", "unix:/none/x.sock")]
    [InlineData(75, "cannot listen on 192.0.2.1:8080: this machine has no such address", "serve", "--no-auth",
        "--listen", "192.0.2.1:8080")]
    [InlineData(2, "--token-file /none cannot be read: it does not exist.", "serve", "--token-file", "/none")]
    public void What_is_wrong_is_said_of_the_file_it_is_wrong_with(int exitCode, string expected, params string[] words)
    {
        BuiltProgram.Result run = BuiltProgram.Run([.. words.Select(Here)]);
        Assert.Contains(Here(expected), run.Errors, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(["empty", "folder", "in.wav"], _folder.Names());
    }

    // A name that begins with a slash lies in the folder.
    private string Here(string text) => text.Replace("/", _folder.Path + "/", StringComparison.Ordinal);
}
