using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Stages.StripSilence;

/// <summary>
/// What is lost and what is left on real recordings (../shared/eval) and on espeak-ng's voices; both skip where
/// those are missing.
/// Strong frames are those within 30 dB of the loudest, as in the evaluation's "kept", but above 100 Hz: two of the
/// clips (en_c, en_g) have rumble below 50 Hz within 30 dB of the voice, which no one misses.
/// </summary>
public sealed class RealSpeechTests : IDisposable
{
    private static readonly double[] Levels = [-16, -23, -30, -36];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_strong_frame_of_real_speech_is_lost_and_little_is_left_beside_it()
    {
        var heads = new List<double>();
        var tails = new List<double>();
        foreach ((string name, float[] speech, int rate) in RealClips())
        {
            for (int i = 0; i < Levels.Length * 3; i++)
            {
                double level = Levels[i / 3],
                    snr = new[] { double.PositiveInfinity, 45, 30 }[i % 3];
                double before = new[] { 0.7, 1, 3, 10 }[(i + name[3]) % 4],
                    after = new[] { 1, 10, 0.7, 3 }[(i + name[3]) % 4];
                float[] samples =
                [
                    .. new float[(int)(before * rate)],
                    .. Scale(speech, rate, level),
                    .. new float[(int)(after * rate)],
                ];
                (int start, int end) = StrongExtent(samples, rate);
                SyntheticSpeech.AddNoise(samples, level - snr, i, isPink: i % 2 == 0);
                SampleRange kept = Process(samples, rate);
                double head = (double)(start - kept.Start) / rate,
                    tail = (double)(kept.End - end) / rate;
                Assert.True(
                    head >= 0 && tail >= 0,
                    $"{name} at {level} LUFS, SNR {snr} dB: {1000 * head:0} ms left at the head, {1000 * tail:0} ms at "
                        + "the tail");
                Assert.True(
                    head <= 0.35 && tail <= 0.35,
                    $"{name} at {level} LUFS, SNR {snr} dB: {1000 * head:0} ms left at the head, {1000 * tail:0} ms at "
                        + "the tail");
                heads.Add(head);
                tails.Add(tail);
            }
        }

        heads.Sort();
        tails.Sort();
        Assert.InRange(heads[heads.Count / 2], 0.09, 0.15);          // of at most 150 ms, with the pad
        Assert.InRange(heads[heads.Count * 95 / 100], 0.09, 0.30);
        Assert.InRange(tails[tails.Count * 95 / 100], 0.19, 0.30);
    }

    [Fact]
    public void No_strong_frame_is_lost_of_the_clips_as_they_are()
    {
        foreach ((string name, float[] speech, int rate) in RealClips(trimmed: false))
        {
            foreach (double level in Levels)
            {
                float[] samples = Scale(speech, rate, level);
                (int start, int end) = StrongExtent(samples, rate);
                SampleRange kept = Process(samples, rate);
                Assert.True(
                    kept.Start <= start && kept.End >= end,
                    $"{name} at {level} LUFS: kept {kept}, speech {start} to {end}");
            }
        }
    }

    // Truth is -55 dB re peak before the noise is added.
    [Fact]
    public void No_word_of_espeak_with_fricatives_at_its_edges_loses_more_than_20_ms()
    {
        string[] words =
        [
            "safe",
            "fifth",
            "thief",
            "south",
            "sheaf",
            "half",
            "hush",
            "fish",
            "chef",
            "faith",
            "earth",
            "thus",
            "sniff",
            "enough",
            "stiff cloth",
            "five ships",
            "house of fish",
            "she half laughs",
            "this bath",
            "hat shelf",
            "fresh breath",
            "huff and puff",
            "six months",
            "the truth hurts us",
        ];
        double missed = 0, speech = 0, falseAlarm = 0, silence = 0;
        for (int i = 0; i < words.Length; i++)
        {
            (float[] word, int rate) = Espeak(words[i], new[] { "en-us", "en-gb", "en-us+f3" }[i % 3]);
            foreach (double level in Levels)
            {
                foreach (double snr in new[] { 30, 40, 50 })
                {
                    float[] pause = new float[(int)(0.8 * rate)];
                    float[] samples = Scale([.. pause, .. word, .. pause], rate, level);
                    (int start, int end) = (pause.Length, samples.Length - pause.Length);
                    SyntheticSpeech.AddNoise(samples, level - snr, i, isPink: i % 2 == 0);
                    using AudioClip clip = AudioClip.FromSamples("a", rate, samples);
                    new StripSilenceStage(new() { MinSegment = TimeSpan.Zero }).Process(
                        clip,
                        TestContext.Current.CancellationToken);
                    SampleRange kept = Assert.Single(clip.Kept),
                        found = clip.Findings.Get<SilenceCuts>().Activity.Extent;
                    Assert.True(kept.Start <= start && kept.End >= end, $"{words[i]} at {level} LUFS, SNR {snr} dB");
                    Assert.True(
                        start - kept.Start <= 0.35 * rate && kept.End - end <= 0.35 * rate,
                        $"{words[i]} at {level} LUFS, SNR {snr} dB");
                    missed += Math.Max(0, found.Start - start) + Math.Max(0, end - found.End);
                    speech += end - start;
                    falseAlarm += Math.Max(0, start - found.Start) + Math.Max(0, found.End - end);
                    silence += samples.Length - (end - start);
                }
            }
        }

        double dcf = (0.75 * missed / speech) + (0.25 * falseAlarm / silence);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"DCF {100 * dcf:0.00} %, missed {100 * missed / speech:0.00} %, false alarm "
                + $"{100 * falseAlarm / silence:0.00} %");
        Assert.True(dcf <= 0.02, $"DCF {100 * dcf:0.00} %");
    }

    private static SampleRange Process(float[] samples, int rate)
    {
        using AudioClip clip = AudioClip.FromSamples("a", rate, samples);
        new StripSilenceStage(new()).Process(clip, TestContext.Current.CancellationToken);
        return Assert.Single(clip.Kept);
    }

    private static IEnumerable<(string Name, float[] Samples, int Rate)> RealClips(bool trimmed = true)
    {
        foreach (string path in EvaluationClips.CleanFiles())
        {
            (float[] samples, int rate, int channels, _) = LibSndFile.Read(path);
            Assert.Equal(1, channels);
            (int start, int end) = StrongExtent(samples, rate);
            yield return (Path.GetFileNameWithoutExtension(path), trimmed ? samples[start..end] : samples, rate);
        }
    }

    private (float[] Word, int Rate) Espeak(string word, string voice)
    {
        string path = _folder["word.wav"];
        ExternalProgram.Run("espeak-ng", "-v", voice, "-s", "150", "-w", path, word);
        (float[] samples, int rate, _, _) = LibSndFile.Read(path);
        double limit = samples.Max(Math.Abs) * Math.Pow(10, -55 / 20.0);
        (int start, int end) = Extent(samples, rate / 200, _ => limit * limit);
        return (samples[start..end], rate);
    }

    private static float[] Scale(float[] samples, int rate, double lufs)
    {
        double[] steps = new double[KWeighting.CountSteps(samples.Length, rate)];
        KWeighting.MeasureSteps(samples, rate, steps, TestContext.Current.CancellationToken);
        float gain = (float)Math.Pow(10, (lufs - GatedLoudness.IntegratedOrUngated(steps, samples.Length, rate)) / 20);
        return [.. samples.Select(x => gain * x)];
    }

    private static (int Start, int End) StrongExtent(float[] samples, int rate)
    {
        // Four one-pole high-passes: -3 dB at about 100 Hz, and nothing in common with the detector's filter.
        float[] high = [.. samples];
        double a = Math.Exp(-2 * Math.PI * 45 / rate);
        for (int pass = 0; pass < 4; pass++)
        {
            double y = 0, previous = 0;
            for (int i = 0; i < high.Length; i++)
            {
                y = a * (y + high[i] - previous);
                previous = high[i];
                high[i] = (float)y;
            }
        }

        return Extent(high, rate / 50, loudest => loudest / 1000);
    }

    private static (int Start, int End) Extent(float[] samples, int frame, Func<double, double> limit)
    {
        double[] powers =
        [
            .. Enumerable
                .Range(0, samples.Length / frame)
                .Select(k => Waves.Energy(samples.AsSpan(k * frame, frame)) / frame),
        ];
        double threshold = limit(powers.Max());
        int first = Array.FindIndex(powers, p => p > threshold), last = Array.FindLastIndex(powers, p => p > threshold);
        return (first * frame, (last + 1) * frame);
    }
}
