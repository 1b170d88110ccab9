using VoiceClean.Dsp.Resampling;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Testing.Signals;

/// <summary>Real speech beside the repository, where it is there; never needed.</summary>
public static class EvaluationClips
{
    private static readonly Lazy<IReadOnlyList<float[]>> Clean = new(() => [.. CleanFiles().Select(Load)]);

    /// <summary>The files of all clean clips (mono FLAC), in the order of their names.</summary>
    /// <exception cref="TestSkippedException">They are not there.</exception>
    public static IReadOnlyList<string> CleanFiles() =>
        Find() is { } folder
            ? [.. Directory.EnumerateFiles(folder, "*.flac").Order(StringComparer.Ordinal)]
            : throw new TestSkippedException("The recordings in shared/eval, beside the repository, are not here.");

    /// <summary>
    /// All clean clips at 32 kHz, full scale 1, in the order of their names. Read once for all tests: do not write to
    /// them.
    /// </summary>
    /// <exception cref="TestSkippedException">They or libsndfile are not there.</exception>
    public static IReadOnlyList<float[]> LoadClean() => Clean.Value;

    private static float[] Load(string path)
    {
        (float[] samples, int rate, int channels, _) = LibSndFile.Read(path);
        float[] mono = new float[samples.Length / channels];
        for (int i = 0; i < mono.Length; i++)
        {
            mono[i] = samples[i * channels];
        }

        var resampler = new PolyphaseResampler(rate, SyntheticSpeech.SampleRate);
        var result = new List<float>();
        float[] block = new float[8192];
        for (int at = 0; at <= mono.Length; at += resampler.PreferredBlock)
        {
            resampler.Write(mono.AsSpan(at, Math.Min(resampler.PreferredBlock, mono.Length - at)));
            Drain();
        }

        resampler.Finish();
        Drain();
        return [.. result];

        void Drain()
        {
            for (int n; (n = resampler.Read(block)) > 0;)
            {
                result.AddRange(block.AsSpan(0, n));
            }
        }
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string clean = Path.Combine(folder.FullName, "shared", "eval", "clean");
            if (Directory.Exists(clean))
            {
                return clean;
            }
        }

        return null;
    }
}
