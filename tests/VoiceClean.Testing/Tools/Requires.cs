using System.Runtime.InteropServices;

namespace VoiceClean.Testing.Tools;

/// <summary>
/// What a test needs beside the code under test. Without it the test is skipped (<see cref="TestSkippedException"/>);
/// with VOICECLEAN_TESTS_MUST_RUN=1, as in continuous integration, it fails instead.
/// </summary>
public static class Requires
{
    private static readonly Lazy<bool> HasFfmpeg = new(() => ExternalProgram.Find("ffmpeg") is not null);

    private static readonly Lazy<bool> HasSoundFile = new(() =>
        NativeLibrary.TryLoad("libsndfile.so.1", out _) || NativeLibrary.TryLoad("libsndfile.1.dylib", out _));

    /// <summary>True if everything must be there, so that a missing program is a failure.</summary>
    public static bool Everything { get; } = Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_MUST_RUN") == "1";

    /// <summary>True if slow tests were asked for.</summary>
    public static bool AreSlowTestsOn { get; } = Environment.GetEnvironmentVariable("VOICECLEAN_SLOW_TESTS") == "1";

    /// <summary>ffmpeg is in the search path.</summary>
    public static void Ffmpeg() => That(HasFfmpeg.Value, "ffmpeg is not installed.");

    /// <summary>libsndfile can be loaded.</summary>
    public static void SoundFile() => That(HasSoundFile.Value, "libsndfile is not installed.");

    /// <summary>Skips where the condition does not hold, or fails where everything must be there.</summary>
    /// <param name="isThere">The condition.</param>
    /// <param name="reason">What is missing, in one sentence.</param>
    /// <exception cref="TestSkippedException">It does not hold.</exception>
    /// <exception cref="InvalidOperationException">It does not hold, and VOICECLEAN_TESTS_MUST_RUN=1.</exception>
    public static void That(bool isThere, string reason)
    {
        if (!isThere)
        {
            throw Everything ? new InvalidOperationException(reason) : new TestSkippedException(reason);
        }
    }

    /// <summary>Skips unless VOICECLEAN_SLOW_TESTS=1.</summary>
    /// <exception cref="TestSkippedException">Slow tests were not asked for.</exception>
    public static void SlowTests()
    {
        if (!AreSlowTestsOn)
        {
            throw new TestSkippedException("takes minutes; runs with VOICECLEAN_SLOW_TESTS=1");
        }
    }
}
