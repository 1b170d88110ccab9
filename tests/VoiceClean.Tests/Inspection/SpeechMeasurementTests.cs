using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class SpeechMeasurementTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    [Theory]
    [InlineData(50, -45)]
    [InlineData(60, -45)]
    public void Hum_is_found_with_its_frequency_and_level(double hz, double db)
    {
        float[] samples = Talk.Synthetic(20, -20, -65, hasPauses: true).Samples;
        // A fundamental and its odd multiples at the same level: -4.8 dB each makes the level of all together.
        foreach (int k in new[] { 1, 3, 5 })
        {
            AddTone(samples, hz * k, db - 4.77);
        }

        Measurements voice = Measure(samples);
        Assert.Equal(hz, voice.HumHz);
        Assert.InRange(voice.HumDbfs!.Value, db - 1, db + 1);
    }

    [Fact]
    public void Of_weak_hum_at_least_the_lines_below_the_voice_are_found()
    {
        float[] samples = Talk.Synthetic(20, -20, -65, hasPauses: true).Samples;
        AddTone(samples, 60, -65);
        AddTone(samples, 120, -65);
        AddTone(samples, 180, -65);
        AddTone(samples, 300, -65);
        Measurements voice = Measure(samples);
        Assert.Equal(60, voice.HumHz);
        Assert.InRange(voice.HumDbfs!.Value, -61, -57);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(-60)]
    public void Noise_and_voices_are_no_hum(double noiseDb) =>
        Assert.All(
            new[] { 1, 2, 3 },
            seed => Assert.Null(Measure(Talk.Synthetic(15, -20, noiseDb, hasPauses: seed != 2, seed).Samples).HumHz));

    [Fact]
    public void The_colour_of_noise_is_its_slope()
    {
        Assert.InRange(Measure(Noisy(isPink: false)).NoiseColourDbPerOctave!.Value, -0.5, 0.5);
        Assert.InRange(Measure(Noisy(isPink: true)).NoiseColourDbPerOctave!.Value, -3.7, -2.3);

        static float[] Noisy(bool isPink)
        {
            float[] samples = Talk.Synthetic(15, -20, double.NegativeInfinity, hasPauses: true).Samples;
            SyntheticSpeech.AddNoise(samples, -45, 5, isPink);
            return samples;
        }
    }

    [Fact]
    public void A_filter_of_6_dB_per_octave_tilts_the_spectrum_of_speech_by_as_much()
    {
        float[] samples = Talk.Synthetic(15, -20, -70, hasPauses: true).Samples, dull = new float[samples.Length];
        double last = 0, pole = Math.Exp(-2 * Math.PI * 20 / Rate);
        for (int i = 0; i < samples.Length; i++)
        {
            last = (pole * last) + ((1 - pole) * samples[i]);
            dull[i] = (float)(10 * last);
        }

        double? change = Measure(dull).SpectralTiltDbPerOctave - Measure(samples).SpectralTiltDbPerOctave;
        Assert.InRange(change!.Value, -6.5, -5.3);
    }

    // The estimate is made for real speech: synthetic syllables have another distribution of amplitudes. The higher the
    // ratio, the more the pauses of a recording make it read too little.
    [Theory]
    [InlineData(5, -3, 1)]
    [InlineData(10, -6, 1)]
    [InlineData(15, -9, 1)]
    [InlineData(20, -11, 4)]
    public void The_ratio_of_real_speech_to_white_noise_reads_too_little_within_bounds(
        double truth,
        double lowest,
        double highest)
    {
        var errors = new List<double>();
        foreach (float[] speech in EvaluationClips.LoadClean().Select(s => s.ToArray()))
        {
            SyntheticSpeech.AddNoise(speech, ActiveLevelDb(speech) - truth, 3);
            errors.Add(Measure(speech).SnrDb!.Value - truth);
        }

        Assert.All(errors, e => Assert.InRange(e, lowest, highest));
        Assert.InRange(errors.Average(), -4.5, 0);
    }

    [Fact]
    public void Nothing_is_changed_and_silence_is_no_trouble()
    {
        using var silent = AudioClip.FromSamples("x", Rate, new float[Rate]);
        Assert.Equal("silent", Judge.Assess(Measure(silent), new QualityGateOptions()).Findings[0].Code);
        using var one = AudioClip.FromSamples("x", 8000, [0.5f]);
        Assert.Equal(Verdict.Hopeless, Judge.Assess(Measure(one), new QualityGateOptions()).Verdict);
        Assert.Equal(0.5f, one.Samples[0]);
    }

    [Fact]
    public void Silence_has_no_ratio_and_one_beyond_the_measurable_is_only_a_bound()
    {
        Measurements silent = Measure(new float[Rate]);
        Assert.True(double.IsNaN(silent.SnrDb!.Value));
        Assert.False(silent.SnrIsLowerBound! | silent.SnrIsUpperBound!);
        var random = new Random(1);
        float[] hiss = [.. Enumerable.Range(0, 3 * Rate).Select(_ => 0.1f * (random.NextSingle() - 0.5f))];
        Measurements noise = Measure(hiss);
        Assert.Equal((-20.0, true), (noise.SnrDb, noise.SnrIsUpperBound));
        Measurements clean = Measure(Talk.Synthetic(10, -20, -90, hasPauses: true).Samples);
        Assert.Equal((40.0, true, false), (clean.SnrDb, clean.SnrIsLowerBound, clean.SnrIsUpperBound));
    }

    // Mean power of the frames of 20 ms within 30 dB of the loudest [dBFS].
    private static double ActiveLevelDb(float[] samples)
    {
        double[] powers = [.. samples.Chunk(Rate / 50).Select(f => f.Sum(x => (double)x * x) / f.Length)];
        double least = powers.Max() / 1000;
        return Decibels.FromPower(powers.Where(p => p > least).Average());
    }

    private static Measurements Measure(float[] samples)
    {
        using var clip = AudioClip.FromSamples("x", Rate, samples);
        return Measure(clip);
    }

    private static Measurements Measure(AudioClip clip) =>
        Inspector.MeasureAll(clip, new RemovableNoise(), TestContext.Current.CancellationToken);

    private static void AddTone(float[] samples, double hz, double db)
    {
        double amplitude = Decibels.ToAmplitude(db) * Math.Sqrt(2);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] += (float)(amplitude * Math.Sin(2 * Math.PI * hz * i / Rate));
        }
    }
}
