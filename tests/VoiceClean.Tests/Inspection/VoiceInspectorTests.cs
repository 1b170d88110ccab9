using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class VoiceInspectorTests
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

        VoiceFigures voice = Measure(samples);
        Assert.Equal(hz, voice.HumHz);
        Assert.InRange(voice.HumDbfs!.Value, db - 1, db + 1);
    }

    [Fact]
    public void Of_weak_hum_at_least_the_lines_below_the_voice_are_found()
    {
        float[] samples = Talk.Synthetic(20, -20, -65, hasPauses: true).Samples;
        AddTone(samples, 60, -65);
        AddTone(samples, 180, -65);
        VoiceFigures voice = Measure(samples);
        Assert.Equal(60, voice.HumHz);
        Assert.InRange(voice.HumDbfs!.Value, -66, -61);
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
        Assert.InRange(Measure(Noisy(isPink: false)).NoiseColourDbPerOctave, -0.5, 0.5);
        Assert.InRange(Measure(Noisy(isPink: true)).NoiseColourDbPerOctave, -3.7, -2.3);

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

        Assert.InRange(Measure(dull).SpectralTiltDbPerOctave - Measure(samples).SpectralTiltDbPerOctave, -6.5, -5.3);
    }

    [Theory]
    [InlineData(-35)]
    [InlineData(-45)]
    [InlineData(-55)]
    public void The_ratio_of_speech_to_noise_is_right_within_3_dB(double noiseDb)
    {
        Talk clean = Talk.Synthetic(30, -20, double.NegativeInfinity, hasPauses: true);
        double power =
            clean.Words.Sum(w => SampleStatistics.SumOfSquares(clean.Samples.AsSpan(w.Start, w.Length)))
            / clean.SpeechLength;
        SyntheticSpeech.AddNoise(clean.Samples, noiseDb, 3);
        // White noise: of 16 kHz the band of the measure holds 9.9.
        double truth = Decibels.FromPower(power) - noiseDb - Decibels.FromPower(9.9 / 16);
        Assert.InRange(Measure(clean.Samples).SnrDb, truth - 3, truth + 3);
    }

    [Fact]
    public void Nothing_is_changed_and_silence_is_no_trouble()
    {
        using var silent = AudioClip.FromSamples("x", Rate, new float[Rate]);
        VoiceInspection found = VoiceInspector.Inspect(
            silent,
            new AssessmentLimits(),
            TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Hopeless, found.Assessment.Verdict);
        Assert.Equal("silent", found.Assessment.Findings[0].Code);
        using var one = AudioClip.FromSamples("x", 8000, [0.5f]);
        Assert.Equal(
            Verdict.Hopeless,
            VoiceInspector
                .Inspect(one, new AssessmentLimits(), TestContext.Current.CancellationToken)
                .Assessment.Verdict);
        Assert.Equal(0.5f, one.Samples[0]);
    }

    private static VoiceFigures Measure(float[] samples)
    {
        using var clip = AudioClip.FromSamples("x", Rate, samples);
        return VoiceInspector.MeasureVoice(clip, TestContext.Current.CancellationToken);
    }

    private static void AddTone(float[] samples, double hz, double db)
    {
        double amplitude = Decibels.ToAmplitude(db) * Math.Sqrt(2);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] += (float)(amplitude * Math.Sin(2 * Math.PI * hz * i / Rate));
        }
    }
}
