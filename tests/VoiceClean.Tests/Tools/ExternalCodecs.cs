using System.Diagnostics;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Tools;

/// <summary>
/// Programs and libraries that tests compare with. Without them a test is skipped, unless VOICECLEAN_TESTS_MUST_RUN=1.
/// </summary>
internal static class ExternalCodecs
{
    public static void NeedFfmpeg() => Need("ffmpeg");

    public static void NeedSoundFile() => Need("sndfile");

    /// <summary>Runs ffmpeg and returns what it writes to its standard output.</summary>
    public static byte[] Ffmpeg(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-nostdin", "-hide_banner", "-v", "error", "-y", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"ffmpeg {string.Join(' ', arguments)}: {errors.Result}");
    }

    private static void Need(string decoder)
    {
        DecoderStatus status = DecoderInventory.Examine().Single(d => d.Name == decoder);
        if (!status.IsPresent)
        {
            Assert.SkipUnless(
                Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_MUST_RUN") == "1",
                status.HowToInstall!);
            Assert.Fail(status.HowToInstall!);
        }
    }
}
