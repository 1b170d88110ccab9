using System.Diagnostics;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>The scripts that take the place of GPT-SoVITS's own, called as its web page calls them.</summary>
public class GptSovitsSampleTests
{
    [Fact]
    public void Slicing_puts_clips_and_nothing_else_into_the_folder_and_follows_what_changes()
    {
        Requires.That(HasPython(), "python3 is not installed.");
        using var space = new TemporaryFolder();
        Directory.CreateDirectory(space["raw"]);
        File.Copy(BuiltProgram.Sample("hum.wav"), space["raw/talk 2 (take 2).wav"]);
        File.Copy(BuiltProgram.Sample("fan.wav"), space["raw/b.wav"]);
        string[] Slice(int part) =>
        [
            "slice_audio.py", space["raw"], space["my slices"], "-34", "4000", "300", "10", "500", "0.9", "0.25",
            part.ToString(System.Globalization.CultureInfo.InvariantCulture), "2",
        ];
        Assert.Equal(0, Run(space, Slice(0)));
        Assert.Equal(0, Run(space, Slice(1)));
        string[] clips = [.. Directory.GetFileSystemEntries(space["my slices"]).Select(p => Path.GetFileName(p)!)];
        Assert.Equal(2, clips.Select(c => c[..^22]).Distinct().Count());
        Assert.All(clips, c => Assert.Matches(@"_\d{8}_\d{8}\.wav$", c));
        // A recording that is gone takes its clips along; what the folder held before stays.
        File.WriteAllText(space["my slices/mine.wav"], "not ours");
        File.Delete(space["raw/b.wav"]);
        Assert.Equal(0, Run(space, Slice(0)));
        Assert.Equal(0, Run(space, Slice(1)));
        Assert.Equal(
            ["mine.wav", .. clips.Where(c => c.StartsWith("talk", StringComparison.Ordinal))],
            Directory.GetFiles(space["my slices"]).Select(p => Path.GetFileName(p)!).Order());
    }

    [Fact]
    public void Denoising_gives_every_recording_back_under_its_name()
    {
        Requires.That(HasPython(), "python3 is not installed.");
        using var space = new TemporaryFolder();
        Directory.CreateDirectory(space["in"]);
        File.Copy(BuiltProgram.Sample("fan.wav"), space["in/a.wav_0000000000_0000128000.wav"]);
        Assert.Equal(0, Run(space, "cmd-denoise.py", "-i", space["in"], "-o", space["out"], "-p", "float16"));
        Assert.Equal(
            ["a.wav_0000000000_0000128000.wav"],
            Directory.GetFileSystemEntries(space["out"]).Select(p => Path.GetFileName(p)!));
    }

    private static int Run(TemporaryFolder space, params string[] command)
    {
        string program = ShellScript.Write(
            space["voiceclean"],
            $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll")}' \"$@\"");
        var start = new ProcessStartInfo("python3") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(
            Path.Combine(BuiltProgram.RepositoryRoot(), "samples", "gpt-sovits", command[0]));
        foreach (string argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["VOICECLEAN"] = program;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        errors.Wait();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static bool HasPython() =>
        !OperatingSystem.IsWindows()
        && (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "python3")));
}
