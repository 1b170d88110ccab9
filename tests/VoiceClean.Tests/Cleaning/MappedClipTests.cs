using VoiceClean.Audio;
using VoiceClean.Inspection;
using VoiceClean.Stages;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

public class MappedClipTests
{
    private const int Rate = 32_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(25, true, true)]
    [InlineData(25, true, false)]
    [InlineData(25, false, true)]
    [InlineData(-5, true, true)]      // so much noise that the stage backs off
    public void A_recording_that_lies_in_a_file_is_treated_like_one_in_memory(double snrDb, bool isPlain, bool isFrugal)
    {
        (float[] samples, _) = HarmonicSyllables.Noisy(Rate, 20, snrDb, seed: 5);
        using AudioClip memory = AudioClip.FromSamples("a.wav", Rate, samples);
        using var store = new SampleStore { IsFrugal = isFrugal };
        store.Append(samples);
        store.MoveToFile(samples.Length);
        using var mapped = new AudioClip("a.wav", Rate, store);
        Assert.True(store.IsMapped);
        Assert.Equal(isFrugal, mapped.IsWithoutCopies);
        Measurements expected = Inspector.Measure(memory, Token), before = Inspector.Measure(mapped, Token);
        Assert.Equal(expected, before);
        Assert.Equal(samples, mapped.ReadOnlySamples);
        IStage[] stages =
        [
            new EstimateNoiseStage(new EstimateNoiseOptions { Source = isPlain ? NoiseSource.Auto : NoiseSource.Head }),
            new SpectralGateStage(new SpectralGateOptions { Strength = 0.9 }),
            new NormalizeLoudnessStage(new NormalizeLoudnessOptions { TargetLufs = -12 }),
        ];
        foreach (IStage stage in stages)
        {
            stage.Process(memory, Token);
            stage.Process(mapped, Token);
            Assert.Equal(memory.ReadOnlySamples, mapped.ReadOnlySamples);
        }

        Assert.NotEqual(samples, mapped.ReadOnlySamples.ToArray());
        Assert.Equal(memory.Findings.Get<SpectralGateResult>(), mapped.Findings.Get<SpectralGateResult>());
    }

    [Fact]
    public void What_is_kept_of_a_recording_that_lies_in_a_file_is_what_is_kept_of_one_in_memory()
    {
        float[] samples = [.. Enumerable.Range(0, 700_000).Select(i => (float)i)];
        using AudioClip memory = AudioClip.FromSamples("a.wav", Rate, samples);
        using var store = new SampleStore();
        store.Append(samples);
        store.MoveToFile(samples.Length);
        using var mapped = new AudioClip("a.wav", Rate, store);
        SampleRange[] kept = [new(0, 5), new(7, 600_001), new(600_001, 600_002), new(650_000, 700_000)];
        object before = mapped.Revision;
        memory.Keep(kept);
        mapped.Keep(kept);
        Assert.Equal(memory.ReadOnlySamples, mapped.ReadOnlySamples);
        Assert.NotSame(before, mapped.Revision);
        mapped.Write(3, [-1, -2]);
        Assert.Equal([2, -1, -2, 7], mapped.ReadOnlySamples[2..6].ToArray());
    }
}
