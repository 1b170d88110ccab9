using System.Diagnostics;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>The program that the READMEs show to people who program.</summary>
public class CleanFromCodeTests
{
    private static readonly string Root = BuiltProgram.RepositoryRoot();

    /// <summary>Its text, as all three READMEs must have it.</summary>
    internal static string Text => File.ReadAllText(Path.Combine(Root, "samples/CleanFromCode/Program.cs")).Trim();

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("src/VoiceClean/README.md")]
    public void A_readme_shows_the_very_program_that_is_run_here(string readme)
        => Assert.Contains($"```csharp\n{Text}\n```", File.ReadAllText(Path.Combine(Root, readme)),
            StringComparison.Ordinal);

    [Fact]
    public void The_program_cleans_a_file_a_stream_and_samples()
    {
        using var folder = new TemporaryFolder();
        File.Copy(BuiltProgram.Sample("fan.wav"), folder["in.wav"]);
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CleanFromCode.dll")])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = folder.Path,
            })!;
        string[] said = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.EndsWith("LUFS before, -16.0 after.", said[0], StringComparison.Ordinal);
        Assert.Contains("silence", said[1], StringComparison.Ordinal);
        Assert.Equal(["in.wav", "out-24k.wav", "out.wav"], folder.Names());
        Assert.Equal(32_000, BitConverter.ToInt32(File.ReadAllBytes(folder["out.wav"]), 24));
        Assert.Equal(24_000, BitConverter.ToInt32(File.ReadAllBytes(folder["out-24k.wav"]), 24));
    }
}
