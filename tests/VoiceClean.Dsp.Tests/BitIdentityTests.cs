using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Dsp.Tests.Fourier;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests;

/// <summary>
/// The same bits with AVX2, without it, and without any vector hardware: the test runs itself again in child processes.
/// </summary>
public class BitIdentityTests
{
    private const string HashFile = "VOICECLEAN_TESTS_HASH_FILE";

    [Fact]
    public void Transforms_logarithms_and_filters_have_the_same_bits_with_and_without_vector_hardware()
    {
        string hash = HashOfKernels();
        if (Environment.GetEnvironmentVariable(HashFile) is { Length: > 0 } target)
        {
            File.WriteAllText(target, hash);
            return;
        }

        Assert.Equal(hash, HashInChild("DOTNET_EnableAVX2"));
        Assert.Equal(hash, HashInChild("DOTNET_EnableAVX"));
        Assert.Equal(hash, HashInChild("DOTNET_EnableHWIntrinsic"));
    }

    private static string HashInChild(string switchedOff)
    {
        string file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    typeof(BitIdentityTests).Assembly.Location,
                    "-method",
                    $"*{nameof(Transforms_logarithms_and_filters_have_the_same_bits_with_and_without_vector_hardware)}",
                },
                Environment = { [switchedOff] = "0", [HashFile] = file },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process child = Process.Start(start)!;
            Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.True(child.ExitCode == 0, output + error.Result);
            return File.ReadAllText(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string HashOfKernels()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int length in (int[])[32, 128, 256, 512, 1024, 4096])
        {
            float[] x = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5);
            var fft = RealFft.For(length);
            float[] re = new float[fft.BinCount], im = new float[fft.BinCount];
            fft.Forward(x, re, im);
            fft.Inverse(re, im, x);
            Append(re);
            Append(im);
            Append(x);
        }

        float[] clip = WhiteNoise.Uniform(10_000, seed: 1, amplitude: 0.5);
        ShortTimeFourierTests.RoundTrip(ShortTimeFourier.SqrtHann(1024, 256), clip);
        Append(clip);
        float[] y = new float[8];
        for (int i = 0; i + 8 <= clip.Length; i += 8)
        {
            var v = Vector256.Create(clip.AsSpan(i, 8));
            VectorMath.Exp2(v * Vector256.Create(200f)).CopyTo(y);
            Append(y);
            VectorMath.Log2(v).CopyTo(y);
            Append(y);
        }

        AppendFilters();
        return Convert.ToHexString(hash.GetHashAndReset());

        // What runs several stretches side by side moves lanes about, each move in an AVX form and a neutral one.
        void AppendFilters()
        {
            float[] noise = WhiteNoise.Uniform(100_003, seed: 1, amplitude: 0.5);
            double[] steps = new double[KWeighting.CountSteps(noise.Length, 32_000)];
            KWeighting.MeasureSteps(noise, 32_000, steps);
            hash.AppendData(MemoryMarshal.AsBytes(steps.AsSpan()));
            float[] powers = new float[SpeechBand.CountHops(noise.Length, 32_000)];
            SpeechBand.Measure(noise, 32_000, powers, new ushort[powers.Length]);
            Append(powers);
            float[] periodicity = new float[VoicingDetector.CountFrames(noise.Length, 32_000)];
            VoicingDetector.Measure(noise, 32_000, periodicity, new float[periodicity.Length]);
            Append(periodicity);
            Append([(float)SampleStatistics.Measure(noise).Mean, (float)TruePeak.Measure(noise)]);
            ZeroPhaseFilter.Run(
                noise,
                new float[500],
                new float[500],
                0.1f,
                BiquadCoefficients.HighPass(40, Math.Sqrt(0.5), 32_000));
            Append(noise);
            foreach (int rate in (int[])[16_000, 44_100, 47_999])
            {
                var resampler = new PolyphaseResampler(rate, 32_000);
                float[] resampled = new float[PolyphaseResampler.OutputLength(clip.Length, rate, 32_000)];
                resampler.Write(clip);
                resampler.Finish();
                for (int done = 0, count; (count = resampler.Read(resampled.AsSpan(done))) > 0; done += count)
                {
                }

                Append(resampled);
            }
        }

        void Append(float[] values) => hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
