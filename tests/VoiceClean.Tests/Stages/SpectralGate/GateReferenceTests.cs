using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Stages.SpectralGate.Gated;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>The same as a slow implementation, in any blocks, at any level, on any number of threads.</summary>
public class GateReferenceTests
{
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.3)]
    public void It_agrees_with_a_slow_double_precision_implementation_below_minus_80_dB(double strength)
    {
        // 7 s are four blocks: truncated look-ahead, carried state, approximations and single precision are all in the
        // difference.
        float[] noisy = HarmonicSyllables.Noisy(32_000, 5.6, 8, seed: 3).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, strength);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        double mean = profile.Power.ToArray()[..513].Average(p => (double)p);
        double[] expected = new SlowGate(noisy).Process(
            [.. profile.Power.ToArray()[..513].Select(p => Math.Max(p, 1e-8 * mean))],
            profile.IsVerified,
            24 * strength,
            Voiced(noisy, clip.SampleRate));
        Assert.Equal(24 * strength, clip.Findings.Get<SpectralGateResult>().AttenuationDb, 6);
        double difference = 0, sum = 0;
        for (int n = 0; n < expected.Length; n++)
        {
            difference += Math.Pow(clip.Samples[n] - expected[n], 2);
            sum += expected[n] * expected[n];
        }

        Assert.True(10 * Math.Log10(difference / sum) < -80, $"{10 * Math.Log10(difference / sum):F1} dB");
    }

    [Fact]
    public void How_the_clip_falls_into_blocks_matters_less_than_minus_80_dB()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 8, 8, seed: 4).Mixture;
        using AudioClip clip = AudioClip.FromSamples("blocks.wav", 32_000, noisy);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        float[] whole = Run(clip, 8192);
        foreach (int frames in new[] { 32, 100, 256 })
        {
            float[] blocks = Run(clip, frames);
            double difference = whole.Zip(blocks, (a, b) => Math.Pow(a - b, 2)).Sum(),
                sum = whole.Sum(a => (double)a * a);
            Assert.True(
                difference < 1e-8 * sum,
                $"blocks of {frames} frames: {10 * Math.Log10(difference / sum):F1} dB");
        }
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(10f)]
    public void A_louder_or_quieter_clip_gives_the_same_result_louder_or_quieter(float gain)
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 3, 10, seed: 5).Mixture;
        using AudioClip a = Clean(noisy, 32_000, 0.6);
        using AudioClip b = Clean([.. noisy.Select(x => x * gain)], 32_000, 0.6);
        double difference = 0, sum = 0;
        for (int n = 0; n < noisy.Length; n++)
        {
            difference += Math.Pow(a.Samples[n] - (b.Samples[n] / gain), 2);
            sum += Math.Pow(a.Samples[n], 2);
        }

        Assert.True(difference < 1e-8 * sum, $"{10 * Math.Log10(difference / sum):F1} dB");
    }

    [Fact]
    public void Two_runs_give_the_same_bits()
    {
        float[] noisy = HarmonicSyllables.Noisy(32_000, 3, 5, seed: 10).Mixture;
        using AudioClip a = Clean(noisy, 32_000, 0.6), b = Clean(noisy, 32_000, 0.6);
        Assert.Equal(a.Samples.ToArray(), b.Samples.ToArray());
    }

    // 34 s in stretches of 8 s: the seams lie in speech as well as in pauses.
    [Fact]
    public void Stretches_gated_apart_join_without_a_seam_and_with_the_same_bits_for_any_number_of_threads()
    {
        (float[] samples, _) = HarmonicSyllables.Noisy(32_000, 34, 15, seed: 31);
        using AudioClip clip = AudioClip.FromSamples("long.wav", 32_000, samples);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        float[] whole = Gate(1 << 20, 1), parts = Gate(4 * GateRun.DefaultBlockFrames, 1);
        Assert.Equal(parts, Gate(4 * GateRun.DefaultBlockFrames, 3));
        Assert.Equal(parts, Gate(4 * GateRun.DefaultBlockFrames, 3, toFile: true));
        Assert.Equal(whole, Gate(1 << 20, 1, toFile: true));
        double error = 0, energy = 0;
        for (int n = 0; n < whole.Length; n++)
        {
            error += Math.Pow(parts[n] - whole[n], 2);
            energy += Math.Pow(whole[n], 2);
        }

        Assert.InRange(10 * Math.Log10((error / energy) + 1e-20), double.NegativeInfinity, -100);

        float[] Gate(int segmentFrames, int threads, bool toFile = false)
        {
            var framing = new SpeechFraming(32_000);
            var segments = new GateSegments(framing, clip.Samples.Length, segmentFrames);
            using var track = new NoiseTrack(
                framing,
                clip.Findings.Get<NoiseProfile>(),
                clip,
                threads,
                Token);
            track.Follow(segments.StartCells(), threads, Token);
            float[] output = new float[clip.Samples.Length];
            using SampleSpool? spool = toFile ? new SampleSpool(output.Length) : null;
            var depth = new GateDepth(14.4, 14.4, 14.4, null);
            segments.Process(track, depth, null, clip.Samples, output, spool, threads, Token);
            spool?.Read(0, output);
            Assert.InRange(segments.SpeechShare, 0.3, 1);
            return output;
        }
    }

    // Two periodic frames in a row.
    private static bool[] Voiced(float[] samples, int rate)
    {
        float[] of = new float[VoicingDetector.CountFrames(samples.Length, rate)];
        VoicingDetector.Measure(samples, rate, of, new float[of.Length], Token);
        return
        [
            .. of.Select((p, t) =>
                p > 0.6 && of[Math.Max(0, t - 1)..Math.Min(of.Length, t + 2)].Count(q => q > 0.6) > 1),
        ];
    }

    private static float[] Run(AudioClip clip, int blockFrames)
    {
        var framing = new SpeechFraming(clip.SampleRate);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        using var noise = new NoiseTrack(framing, profile, clip, 1, Token);
        noise.Follow([0], 1, Token);
        float[] output = new float[clip.Samples.Length];
        using var run = new GateRun(
            framing,
            noise,
            output.Length,
            new GateDepth(14.4, 14.4, 14.4, null),
            NearVoice.Find(framing, clip, noise, Token),
            blockFrames: blockFrames);
        run.Process(clip.Samples, output, Token);
        return output;
    }
}
