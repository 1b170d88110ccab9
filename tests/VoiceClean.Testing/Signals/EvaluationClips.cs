using VoiceClean.Dsp.Resampling;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Testing.Signals;

/// <summary>Real speech beside the repository, where it is there; never needed.</summary>
public static class EvaluationClips
{
    private static readonly Lazy<IReadOnlyList<float[]>> Clean = new(() => [.. CleanFiles().Select(Load)]);

    private static readonly Lazy<IReadOnlyList<(string, float[])>> Noise = new(
        () => [.. Files("noise").Select(f => (Path.GetFileNameWithoutExtension(f), Load(f)))]);

    /// <summary>The files of all clean clips (mono FLAC), in the order of their names.</summary>
    /// <exception cref="TestSkippedException">They are not there.</exception>
    public static IReadOnlyList<string> CleanFiles() => Files("clean");

    /// <summary>
    /// All clean clips at 32 kHz, full scale 1, in the order of their names. Read once for all tests: do not write to
    /// them.
    /// </summary>
    /// <exception cref="TestSkippedException">They or libsndfile are not there.</exception>
    public static IReadOnlyList<float[]> LoadClean() => Clean.Value;

    /// <summary>
    /// All noises at 32 kHz with their names, in the order of these. Read once for all tests: do not write to them.
    /// </summary>
    /// <exception cref="TestSkippedException">They or libsndfile are not there.</exception>
    public static IReadOnlyList<(string Name, float[] Samples)> LoadNoise() => Noise.Value;

    /// <summary>Noises of the second set by name, at 32 kHz.</summary>
    /// <param name="names">Without folder and extension: "desert_wind".</param>
    /// <exception cref="TestSkippedException">They are not there.</exception>
    public static IReadOnlyList<(string Name, float[] Samples)> LoadMoreNoise(params string[] names) =>
        [
            .. Files("more/noise")
                .Where(f => names.Contains(Path.GetFileNameWithoutExtension(f)))
                .Select(f => (Path.GetFileNameWithoutExtension(f), Load(f))),
        ];

    private static IReadOnlyList<string> Files(string kind) =>
        Find(kind) is { } folder
            ? [.. Directory.EnumerateFiles(folder, "*.flac").Order(StringComparer.Ordinal)]
            : throw new TestSkippedException("The recordings in shared/eval, beside the repository, are not here.");

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

    private static string? Find(string kind)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string found = Path.Combine(folder.FullName, "shared", "eval", kind);
            if (Directory.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}
