using VoiceClean.Dsp.Resampling;
using Xunit;

namespace VoiceClean.Tests.Tools;

/// <summary>Real speech beside the repository, where it is there; never needed.</summary>
internal static class EvaluationClips
{
    /// <summary>All clean clips at 32 kHz, in the order of their names; skips the test if there are none.</summary>
    public static IReadOnlyList<float[]> LoadClean()
    {
        string? folder = Find();
        if (folder is null)
        {
            Assert.Skip("the folder ../shared/eval/clean is not there");
        }

        return [.. Directory.EnumerateFiles(folder, "*.flac").Order(StringComparer.Ordinal).Select(Load)];
    }

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
