using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Reports;

public class ResultWriterTests
{
    private static readonly float[] Speech = SyntheticSpeech.Place(
        [.. SyntheticSpeech.Words.Take(6).SelectMany((w, i) => SyntheticSpeech.Say(w, i))],
        -24,
        0.6,
        0.4,
        -60,
        1).Clip;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SampleEncoding.Pcm16, 1.5f, true)]
    [InlineData(SampleEncoding.Pcm24, 1.5f, true)]
    [InlineData(SampleEncoding.IeeeFloat, 1.5f, false)]
    [InlineData(SampleEncoding.Pcm16, 0.5f, false)]
    public void What_integers_cannot_hold_is_said(SampleEncoding encoding, float peak, bool isCut)
    {
        using var folder = new TemporaryFolder();
        float scale = peak / Speech.Max(Math.Abs);
        using (FileStream file = File.Create(folder["in.wav"]))
        {
            WavWriter.Write(file, [.. Speech.Select(s => s * scale)], 32_000, SampleEncoding.IeeeFloat, "in.wav");
        }

        var options = new CleaningOptions
        {
            Loudness = new() { TargetLufs = null },
            Output = new OutputOptions { Encoding = encoding },
        };
        ClipReport report = Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], options, cancellation: Token);
        Assert.Equal(isCut, report.Warnings.Any(w => w.Code == WarningCodes.ResultClipped));
    }

    [Theory]
    [InlineData(SampleEncoding.Pcm16, -50, 0.6, "only about 8 of its 16 bits are in use")]
    [InlineData(SampleEncoding.Pcm16, -44, 0.6, "only about 9 of its 16 bits are in use")]
    [InlineData(SampleEncoding.Pcm16, -30, 0.6, null)]
    [InlineData(SampleEncoding.Pcm24, -50, 0.6, null)]
    [InlineData(SampleEncoding.IeeeFloat, -50, 0.6, null)]
    [InlineData(SampleEncoding.Pcm16, -50, 0, null)]       // written as it came, on its 16 bits
    public void A_result_that_uses_few_of_its_bits_says_how_many(
        SampleEncoding encoding,
        double peakDbfs,
        double strength,
        string? expected)
    {
        using var folder = new TemporaryFolder();
        float scale = (float)(Math.Pow(10, peakDbfs / 20) / Speech.Max(Math.Abs));
        SampleEncoding stored = strength > 0 ? SampleEncoding.IeeeFloat : SampleEncoding.Pcm16;
        using (FileStream file = File.Create(folder["in.wav"]))
        {
            WavWriter.Write(file, [.. Speech.Select(s => s * scale)], 32_000, stored, "in.wav");
        }

        var options = new CleaningOptions
        {
            Strength = strength,
            Silence = new() { Mode = strength > 0 ? SilenceMode.Ends : SilenceMode.Off },
            Loudness = new() { TargetLufs = null },
            Output = new OutputOptions { Encoding = encoding },
        };
        ClipReport report = Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], options, cancellation: Token);
        string? said = report.Warnings.FirstOrDefault(w => w.Code == WarningCodes.LowResolution)?.Message;
        Assert.Equal(expected is not null, said is not null);
        Assert.Contains(expected ?? "", said ?? "", StringComparison.Ordinal);
    }
}
