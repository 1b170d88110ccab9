using VoiceClean.Cleaning.Options;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using VoiceClean.Runs;
using Xunit;

namespace VoiceClean.Tests.Runs;

public class GroupGainsTests
{
    private const double Target = -16;

    [Theory]
    [InlineData(-20)]
    [InlineData(-60)]
    [InlineData(-80)]
    public void However_quiet_its_recordings_are_a_group_gets_the_gain_that_brings_their_mean_power_to_the_target(
        double levelDb)
    {
        using var folder = new BatchFolder();
        Put(folder, "g/louder.wav", levelDb);
        Put(folder, "g/softer.wav", levelDb - 6);
        double mean = Decibels(0.5 * (1 + Math.Pow(10, -0.6)));
        Assert.Equal(Target - (levelDb + mean), Gains(folder)["g"], 0.1);
    }

    [Fact]
    public void Each_group_has_its_own_gain_and_silence_has_none()
    {
        using var folder = new BatchFolder();
        Put(folder, "a/x.wav", -30);
        Put(folder, "b/x.wav", -40);
        Put(folder, "silent/x.wav", double.NegativeInfinity);
        IReadOnlyDictionary<string, double> gains = Gains(folder);
        Assert.Equal(["a", "b"], gains.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(10, gains["b"] - gains["a"], 0.01);
    }

    [Fact]
    public void A_longer_recording_counts_for_more()
    {
        IReadOnlyDictionary<string, double> gains = GroupGains.From([("g", -20, 9), ("g", -30, 1)], Target);
        Assert.Equal(Target - (-20 + Decibels((9 + 0.1) / 10)), gains["g"], 1e-9);
    }

    private static double Decibels(double power) => 10 * Math.Log10(power);

    // A sine of 997 Hz whose loudness is its level in dB RMS (BS.1770: 0 dBFS of it reads -3.01 LKFS).
    private static void Put(BatchFolder folder, string name, double lufs)
    {
        float[] samples = new float[96_000];
        double peak = Math.Sqrt(2) * Math.Pow(10, lufs / 20);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)(peak * Math.Sin(2 * Math.PI * 997 * i / 48_000));
        }

        string path = Path.Combine(folder.In, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        WavWriter.Write(file, samples, 48_000, SampleEncoding.IeeeFloat, name);
    }

    private static IReadOnlyDictionary<string, double> Gains(BatchFolder folder) =>
        GroupGains.Measure(
            folder.Plan().Items,
            i => i.Id[..i.Id.IndexOf('/', StringComparison.Ordinal)],
            new CleaningOptions().ToLoadOptions(),
            AudioDecoders.CreateDefault(),
            Target,
            jobs: 2,
            CancellationToken.None);
}
