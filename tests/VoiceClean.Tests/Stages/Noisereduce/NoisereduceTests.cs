using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.Noisereduce;
using Xunit;

namespace VoiceClean.Tests.Stages.Noisereduce;

public class NoisereduceTests
{
    private static string Golden => Path.Combine(AppContext.BaseDirectory, "Stages", "Noisereduce", "Golden");

    [Theory]
    [InlineData("stationary_060", 16_000, true)]
    [InlineData("nonstationary_060", null, false)]
    public void Agrees_with_the_package_to_1e_9_in_double_precision(string name, int? profile, bool stationary)
        => Assert.InRange(Deviation(Golden, name, profile, stationary, 0.6, 0), 0, 1e-9);

    [Theory]
    [InlineData("stationary_060", 16_000, true, 0.6, 0)]
    [InlineData("stationary_100", 16_000, true, 1.0, 0)]
    [InlineData("stationary_noprofile", null, true, 0.8, 0)]
    [InlineData("stationary_chunks", 16_000, true, 0.6, 590_000)]
    [InlineData("nonstationary_100", null, false, 1.0, 0)]
    [InlineData("nonstationary_060", null, false, 0.6, 0)]
    public void Agrees_with_the_package_on_all_its_vectors(
        string name,
        int? profile,
        bool stationary,
        double strength,
        int outputFrom)
    {
        string? shared = SharedGolden();
        if (shared is null)
        {
            Assert.Skip("the folder ../shared/golden/noisereduce is not there");
        }

        Assert.InRange(Deviation(shared, name, profile, stationary, strength, outputFrom), 0, 1e-9);
    }

    [Theory]
    [InlineData("stationary_060", true)]
    [InlineData("nonstationary_060", false)]
    public void The_stage_agrees_with_the_package_to_1e_6_in_single_precision(string name, bool stationary)
    {
        double[] input = Read(Golden, name + ".in"), expected = Read(Golden, name + ".out");
        using AudioClip clip = Clip(Array.ConvertAll(input, v => (float)v));
        new NoisereduceStage(new NoisereduceOptions { Strength = 0.6, Stationary = stationary }).Process(
            clip,
            TestContext.Current.CancellationToken);
        for (int n = 0; n < expected.Length; n++)
        {
            Assert.Equal(expected[n], clip.Samples[n], 1e-6);
        }
    }

    [Fact]
    public void The_stretch_that_estimate_noise_names_is_the_profile()
    {
        float[] input = Array.ConvertAll(Read(Golden, "stationary_060.in"), v => (float)v);
        using AudioClip clip = Clip(input);
        var options = new EstimateNoiseOptions
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.FromSeconds(0.25),
            RangeEnd = TimeSpan.FromSeconds(0.75),
        };
        new EstimateNoiseStage(options).Process(clip, TestContext.Current.CancellationToken);
        new NoisereduceStage(new NoisereduceOptions()).Process(clip, TestContext.Current.CancellationToken);

        float[] expected = new float[input.Length];
        double[] noise = Array.ConvertAll(input[8_000..24_000], v => (double)v);
        NoisereduceEngine.Process<float>(
            input,
            noise,
            expected,
            32_000,
            new NoisereduceOptions(),
            TestContext.Current.CancellationToken);
        Assert.Equal(expected, clip.Samples.ToArray());
    }

    [Fact]
    public void Strength_zero_leaves_every_bit()
    {
        float[] input = Array.ConvertAll(Read(Golden, "stationary_060.in"), v => (float)v);
        using AudioClip clip = Clip(input);
        new NoisereduceStage(new NoisereduceOptions { Strength = 0 }).Process(
            clip,
            TestContext.Current.CancellationToken);
        Assert.Equal(input, clip.Samples.ToArray());
    }

    [Theory]
    [InlineData(true, 1, 32_000)]
    [InlineData(false, 1, 32_000)]
    [InlineData(true, 40_000, 32_000)]
    [InlineData(false, 40_000, 32_000)]
    [InlineData(true, 9_000, 8_000)]
    [InlineData(false, 9_000, 192_000)]
    public void Silence_stays_silence(bool stationary, int length, int sampleRate)
    {
        using var clip = AudioClip.FromSamples("a", sampleRate, new float[length]);
        new NoisereduceStage(new NoisereduceOptions { Stationary = stationary }).Process(
            clip,
            TestContext.Current.CancellationToken);
        Assert.Equal(new float[length], clip.Samples.ToArray());
    }

    private static AudioClip Clip(float[] samples) => AudioClip.FromSamples("a", 32_000, samples);

    private static double Deviation(
        string folder,
        string name,
        int? profile,
        bool stationary,
        double strength,
        int outputFrom)
    {
        double[] input = Read(folder, name + ".in"),
            expected = Read(folder, name + ".out"),
            output = new double[input.Length];
        var options = new NoisereduceOptions { Strength = strength, Stationary = stationary };
        NoisereduceEngine.Process<double>(
            input,
            profile is { } p ? input[..p] : null,
            output,
            32_000,
            options,
            TestContext.Current.CancellationToken);
        double worst = 0;
        for (int n = 0; n < expected.Length; n++)
        {
            worst = Math.Max(worst, Math.Abs(expected[n] - output[outputFrom + n]));
        }

        return worst;
    }

    private static double[] Read(string folder, string name) =>
        MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, name + ".f64"))).ToArray();

    // The repository's folder is the first above that holds the solution; the vectors lie beside it on a development
    // machine.
    private static string? SharedGolden()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "VoiceClean.sln")))
            {
                string folder = Path.Combine(d.FullName, "..", "shared", "golden", "noisereduce");
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}
