using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

/// <summary>Bumps, slams, thumps and wild samples in quiet recordings, through the whole chain.</summary>
public class TransientTests
{
    private const int Rate = Talk.SampleRate;

    public static TheoryData<string, int, int> Cases => new()
    {
        { "brown", 150, -20 }, { "brown", 150, -40 }, { "brown", 400, -34 }, { "white", 20, -34 },
        { "white", 150, -40 }, { "white", 400, -30 }, { "white", 400, -50 }, { "thump", 300, -40 },
        { "sample", 0, -40 }, { "sample", 0, -50 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recording_with_a_bump_is_neither_refused_nor_too_quiet(string kind, int ms, int voiceDb)
    {
        Talk voice = Talk.Synthetic(5, voiceDb, voiceDb - 45, hasPauses: true);
        float[] bump = Bumps.Make(kind, ms, Rate);
        int[] places = [Rate / 20, voice.Words[5].Start, voice.Samples.Length - bump.Length - (Rate / 20)];
        foreach (double strength in new[] { 0.6, 0 })
        {
            foreach (int at in places)
            {
                ClipReport report = Clean(Bumps.Added(voice.Samples, bump, at), strength);
                Assert.Equal((at, ClipStatus.Ok), (at, report.Status));
                Assert.True(
                    Math.Abs(report.After!.IntegratedLufs!.Value + 16) < 1,
                    $"strength {strength}, at {(double)at / Rate:0.0} s: {report.After.IntegratedLufs:0.0} LUFS");
            }
        }
    }

    [Theory]
    [InlineData("brown", 150)]
    [InlineData("white", 150)]
    [InlineData("thump", 300)]
    public void Several_bumps_make_nothing_hopeless_either(string kind, int ms)
    {
        Talk voice = Talk.Synthetic(7, -40, -80, hasPauses: true);
        float[] bumped = voice.Samples;
        foreach (double share in new[] { 0.15, 0.5, 0.85 })
        {
            bumped = Bumps.Added(bumped, Bumps.Make(kind, ms, Rate), (int)(share * voice.Samples.Length));
        }

        ClipReport report = Clean(bumped, 0.6);
        Assert.Equal((null, ClipStatus.Ok), (report.Message, report.Status));
        Assert.InRange(report.After!.IntegratedLufs!.Value, -17, -15);
    }

    [Fact]
    public void A_bump_at_an_end_is_trimmed_with_the_silence()
    {
        float[] lead = new float[2 * Rate];
        SyntheticSpeech.AddNoise(lead, -75, 4);
        Talk voice = Talk.Synthetic(4, -30, -75, hasPauses: false);
        float[] plain = [.. lead, .. voice.Samples];
        double expected = Clean(plain, 0.6).After!.DurationS;
        foreach (string kind in Bumps.Kinds)
        {
            ClipReport report = Clean(Bumps.Added(plain, Bumps.Make(kind, 150, Rate), Rate / 10), 0.6);
            double duration = report.After!.DurationS;
            Assert.True(
                Math.Abs(duration - expected) < 0.15,
                $"{kind}: {duration:0.00} s, not {expected:0.00} s; {report.Process!.ToJsonString()}");
        }
    }

    private static ClipReport Clean(float[] samples, double strength)
    {
        byte[] wav = TestWav.Pcm16(Rate, samples);
        return new CleaningPipeline(new CleaningOptions { Strength = strength }).Clean(new ClipJob
        {
            Id = "a",
            InputPath = "a",
            OutputPath = "b",
            OpenInput = () => new MemoryStream(wav, writable: false),
            Publish = write => write(Stream.Null),
        });
    }
}
