using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Dsp.Tests.Loudness;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Stages.NormalizeLoudness;

/// <summary>
/// Real recordings (../shared/eval): our meter against libebur128, and target and ceiling as libebur128 reads them.
/// </summary>
public class RealSpeechTests
{
    private const int Rate = 32_000;

    [Fact]
    public void Our_readings_agree_with_libebur128_within_a_twentieth_LU_and_0_15_dB()
    {
        foreach ((string name, float[] samples) in Recordings())
        {
            LoudnessMeasurement ours = LoudnessMeasurement.Measure(
                samples,
                Rate,
                TestContext.Current.CancellationToken);
            (double lufs, double truePeakDb) = Ebur128.Measure(samples, Rate);
            Figures.Record($"real {name} I - libebur128", Rate, ours.IntegratedLufs - lufs);
            Figures.Record($"real {name} TP - libebur128", Rate, ours.TruePeakDb - truePeakDb);
            Assert.InRange(ours.IntegratedLufs - lufs, -0.05, 0.05);
            Assert.InRange(ours.TruePeakDb - truePeakDb, -0.15, 0.15);
        }
    }

    [Fact]
    public void The_written_file_meets_the_bars_also_by_libebur128()
    {
        foreach ((string name, float[] samples) in Recordings())
        {
            Normalized n = Normalized.Run(samples, Rate);
            n.AssertBars($"real {name}", Rate);
            (double lufs, double truePeakDb) = Ebur128.Measure(n.Written, Rate);
            Figures.Record($"real {name} I by libebur128", Rate, lufs);
            Figures.Record($"real {name} TP by libebur128", Rate, truePeakDb);
            Assert.Equal(-16 - n.Applied.ShortfallLu, lufs, 0.05);
            Assert.True(truePeakDb <= -0.95, $"{name}: {truePeakDb} dBTP");
        }
    }

    private static IEnumerable<(string Name, float[] Samples)> Recordings()
    {
        Requires.SoundFile();       // the recordings are FLAC
        AudioDecoders decoders = AudioDecoders.CreateDefault();
        foreach (string path in EvaluationClips.CleanFiles())
        {
            using AudioClip clip = ClipLoader.Load(
                File.OpenRead(path),
                "a",
                new LoadOptions(),
                decoders,
                TestContext.Current.CancellationToken);
            yield return (Path.GetFileNameWithoutExtension(path), clip.Samples.ToArray());
        }
    }

    /// <summary>libebur128 1.2, the reference meter most programs use.</summary>
    private static class Ebur128
    {
        private const int Integrated = 1 | 4, TruePeak = 1 | 16 | 32;

        public static unsafe (double Lufs, double TruePeakDb) Measure(float[] samples, int rate)
        {
            bool isThere = NativeLibrary.TryLoad("libebur128.so.1", out nint library);
            Requires.That(isThere, "libebur128 is not installed.");
            var init = (delegate* unmanaged[Cdecl]<uint, CULong, int, nint>)
                NativeLibrary.GetExport(library, "ebur128_init");
            var add = (delegate* unmanaged[Cdecl]<nint, float*, nuint, int>)
                NativeLibrary.GetExport(library, "ebur128_add_frames_float");
            var global = (delegate* unmanaged[Cdecl]<nint, double*, int>)
                NativeLibrary.GetExport(library, "ebur128_loudness_global");
            var peak = (delegate* unmanaged[Cdecl]<nint, uint, double*, int>)
                NativeLibrary.GetExport(library, "ebur128_true_peak");
            var destroy = (delegate* unmanaged[Cdecl]<nint*, void>)NativeLibrary.GetExport(library, "ebur128_destroy");
            nint state = init(1, new CULong((uint)rate), Integrated | TruePeak);
            double lufs, amplitude;

            // A little silence lets its interpolator hear the end.
            fixed (float* p = (float[])[.. samples, .. new float[64]])
            {
                Assert.Equal(0, add(state, p, (nuint)samples.Length + 64));
            }

            Assert.Equal(0, global(state, &lufs));
            Assert.Equal(0, peak(state, 0, &amplitude));
            destroy(&state);
            return (lufs, Decibels.FromAmplitude(amplitude));
        }
    }
}
