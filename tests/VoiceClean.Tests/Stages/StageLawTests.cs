using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Stages;
using Xunit;

namespace VoiceClean.Tests.Stages;

/// <summary>Laws that hold for every stage in the catalogue, whoever wrote it.</summary>
public class StageLawTests
{
    private static readonly StageCatalog Catalog = StageCatalog.CreateDefault();

    public static TheoryData<string> Names => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stage_answers_to_the_name_it_is_registered_under(string name)
        => Assert.Equal(name, Catalog.Create(name, new CleaningOptions()).Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_runs_on_the_same_clip_give_the_same_bits(string name)
    {
        float[] input = NoisySpeechLike(2.5, seed: 1);
        Assert.Equal(Run(name, input), Run(name, input));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_instance_shared_by_threads_gives_the_bits_of_a_single_thread(string name)
    {
        float[][] inputs = [.. Enumerable.Range(0, 4).Select(i => NoisySpeechLike(1.5, seed: i))];
        float[][] alone = [.. inputs.Select(x => Run(name, x))];
        IStage shared = Catalog.Create(name, new CleaningOptions());
        var together = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, i => together[i] = Run(shared, inputs[i]));
        Assert.Equal(alone, together);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Silence_stays_silence_or_is_refused(string name)
        => Assert.Equal(-1, Run(name, new float[40_000]).AsSpan().IndexOfAnyExcept(0f));

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_length_from_one_sample_on_gives_finite_samples_or_a_refusal(string name)
    {
        foreach (int length in (int[])[1, 2, 3, 63, 255, 256, 1023, 1025, 5_000, 12_799, 16_000, 16_001])
        {
            foreach (float x in Run(name, NoisySpeechLike(1, seed: length)[..length]))
            {
                Assert.True(float.IsFinite(x), $"{name} at {length} samples");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Extreme_but_finite_samples_stay_finite(string name)
    {
        var random = new Random(5);
        foreach (float scale in (float[])[1e-38f, 1e-30f, 1e-8f, 4f, 1e6f])
        {
            float[] input = [.. Enumerable.Range(0, 30_000).Select(_ => ((random.NextSingle() * 2) - 1) * scale)];
            Assert.All(Run(name, input), x => Assert.True(float.IsFinite(x), $"{name} at scale {scale}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sampling_rate_in_use_is_accepted(string name)
    {
        foreach (int rate in (int[])[8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
        {
            Assert.All(
                Run(
                    Catalog.Create(name, new CleaningOptions { SampleRate = rate }),
                    NoisySpeechLike(1.2, 3, rate),
                    rate),
                x => Assert.True(float.IsFinite(x)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cancelled_run_stops(string name)
    {
        IStage stage = Catalog.Create(name, new CleaningOptions());
        using AudioClip clip = AudioClip.FromSamples("law", 32_000, NoisySpeechLike(20, 2));
        LearnNoise(name, clip);
        Assert.ThrowsAny<OperationCanceledException>(() => stage.Process(clip, new CancellationToken(canceled: true)));
    }

    private static float[] Run(string name, float[] samples) =>
        Run(Catalog.Create(name, new CleaningOptions()), samples);

    // A refusal is a legitimate answer of a stage; the clip is then dropped, which is what an empty result stands for.
    private static float[] Run(IStage stage, float[] samples, int rate = 32_000)
    {
        using AudioClip clip = AudioClip.FromSamples("law", rate, samples);
        try
        {
            LearnNoise(stage.Name, clip);
            stage.Process(clip, CancellationToken.None);
        }
        catch (ClipRefusedException e)
        {
            Assert.NotEmpty(e.Message);
            return [];
        }

        return clip.Samples.ToArray();
    }

    // Denoising stages do nothing without a profile, which would make their laws empty.
    private static void LearnNoise(string stage, AudioClip clip)
    {
        if (stage is "spectral-gate" or "noisereduce")
        {
            Catalog.Create("estimate-noise", new CleaningOptions()).Process(clip, CancellationToken.None);
        }
    }

    /// <summary>
    /// Noise at -50 dBFS with bursts of harmonics at -20 dBFS that come and go as syllables do, after 0.6 s of noise
    /// alone.
    /// </summary>
    internal static float[] NoisySpeechLike(double seconds, int seed, int rate = 32_000)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * rate)];
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (double)i / rate;
            double syllable = t < 0.6 ? 0 : Math.Max(0, Math.Sin(2 * Math.PI * 2.5 * t));
            double voice = 0;
            for (int k = 1; k <= 8; k++)
            {
                voice += Math.Sin(2 * Math.PI * 120 * k * t) / k;
            }

            samples[i] = (float)((0.08 * syllable * voice) + (0.005 * ((random.NextDouble() * 2) - 1)));
        }

        return samples;
    }
}
