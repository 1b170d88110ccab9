using System.Diagnostics;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>The application that records with NAudio, cleans, and hands on to NAudio.</summary>
public class NAudioSampleTests
{
    [Fact]
    public void It_turns_a_recording_into_a_clean_file()
    {
        using var folder = new TemporaryFolder();
        using Process process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "NAudioSample.dll"),
                    BuiltProgram.Sample("fan.wav"),
                    folder["out.wav"],
                ])
            {
                RedirectStandardOutput = true,
            })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("written", said, StringComparison.Ordinal);
        byte[] file = File.ReadAllBytes(folder["out.wav"]);
        Assert.True(file.AsSpan().StartsWith("RIFF"u8));
        Assert.InRange(file.Length, 50_000, 5_000_000);
    }
}
