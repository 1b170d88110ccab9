using System.Diagnostics;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>Where ffmpeg is.</summary>
internal static class FfmpegProgram
{
    /// <summary>An absolute path that is used instead of searching, for instance to pin a version.</summary>
    public const string Variable = "VOICECLEAN_FFMPEG";

    /// <summary>What to do where it is missing.</summary>
    public static DecoderRequirement Requirement { get; } = new(
        "ffmpeg",
        "Install ffmpeg: on Debian and Ubuntu 'apt install ffmpeg', on macOS 'brew install ffmpeg', "
        + "on Windows 'winget install Gyan.FFmpeg'.");

    /// <summary>
    /// The program's full path; null if there is none. Looked up at each call, in PATH only, never in the current
    /// folder: a file called ffmpeg.exe beside a recording must not run.
    /// </summary>
    public static string? Path
    {
        get
        {
            string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            {
                return File.Exists(chosen) ? System.IO.Path.GetFullPath(chosen) : null;
            }

            foreach (
                string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                    System.IO.Path.PathSeparator,
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (
                    System.IO.Path.IsPathFullyQualified(folder)
                    && System.IO.Path.Combine(folder, name) is { } path
                    && File.Exists(path))
                {
                    return path;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// The first words of <c>ffmpeg -version</c>: "ffmpeg version 5.1.9 …"; null if there is none or it does not answer
    /// within 10 s.
    /// </summary>
    public static string? Version()
    {
        if (Path is not { } path)
        {
            return null;
        }

        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(path, ["-hide_banner", "-version"])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                })!;
            Task<string?> line = process.StandardOutput.ReadLineAsync();
            bool answered = line.Wait(TimeSpan.FromSeconds(10));
            process.Kill(entireProcessTree: true);
            return answered ? line.Result?.Split(" Copyright")[0] : null;
        }
        catch (Exception e)
            when (e
                    is System.ComponentModel.Win32Exception
                        or InvalidOperationException
                        or IOException
                        or AggregateException)
        {
            return null;
        }
    }
}
