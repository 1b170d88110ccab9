using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class AssessorTests
{
    private static readonly Measurements GoodSound = new()
    {
        DurationS = 60,
        IntegratedLufs = -22,
        LoudnessRangeLu = 6,
        TruePeakDbtp = -4,
        SamplePeakDbfs = -4,
        BandwidthHz = 14_000,
        DcOffset = 0,
    };
    private static readonly VoiceFigures GoodVoice = new()
    {
        NoiseFloorDbfs = -65,
        SnrDb = 40,
        SpeechS = 45,
        SpeechShare = 0.75,
        ClippedSamples = 0,
        ClippedShare = 0,
        NoiseColourDbPerOctave = -4,
    };

    [Fact]
    public void A_good_recording_is_good()
    {
        Assessment a = Assess(GoodSound, GoodVoice);
        Assert.Equal(Verdict.Good, a.Verdict);
        Assert.Empty(a.Findings);
        Assert.Equal("Fine as it is.", a.Advice);
    }

    [Fact]
    public void Every_fault_has_its_verdict_its_code_and_its_advice()
    {
        Check(GoodSound with { SamplePeakDbfs = -70 }, GoodVoice, Verdict.Hopeless, "silent", "Silent");
        Check(GoodSound, GoodVoice with { SpeechS = 0 }, Verdict.Hopeless, "no_speech", "No speech");
        Check(
            GoodSound,
            GoodVoice with
            {
                VoicedRatioDb = -8,
                VoicedS = 2,
            },
            Verdict.Hopeless,
            "no_speech",
            "No speech");
        Check(GoodSound, GoodVoice with { SpeechS = 0.3 }, Verdict.Hopeless, "too_short", "Too short");
        Check(GoodSound, GoodVoice with { ClippedShare = 0.02 }, Verdict.Hopeless, "clipped", "Too hot");
        Check(GoodSound, GoodVoice with { ClippedShare = 0.0005 }, Verdict.Usable, "clipped", "Too hot");
        Check(GoodSound, GoodVoice with { SnrDb = -1 }, Verdict.Hopeless, "snr_too_low", "Room noise");
        Check(GoodSound, GoodVoice with { SnrDb = 5 }, Verdict.Poor, "low_snr", "Room noise");
        Check(GoodSound, GoodVoice with { SnrDb = 15, NoiseColourDbPerOctave = 0 }, Verdict.Usable, "low_snr", "Hiss");
        Check(
            GoodSound,
            GoodVoice with
            {
                SnrDb = 15,
                NoiseColourDbPerOctave = -9,
            },
            Verdict.Usable,
            "low_snr",
            "Rumble");
        Check(GoodSound, GoodVoice with { HumHz = 50, HumDbfs = -50 }, Verdict.Usable, "hum", "Hum at 50 Hz");
        Check(GoodSound with { BandwidthHz = 3_600 }, GoodVoice, Verdict.Poor, "narrow_band", "8 kHz telephone band");
        Check(GoodSound with { BandwidthHz = 7_400 }, GoodVoice, Verdict.Poor, "narrow_band", "16 kHz recording");
        Check(GoodSound with { BandwidthHz = 10_000 }, GoodVoice, Verdict.Good, "narrow_band", "Dull sound");
        Check(
            GoodSound with
            {
                IntegratedLufs = -45,
            },
            GoodVoice,
            Verdict.Usable,
            "quiet",
            "Too quiet: turn the input up by 22 dB");
        Check(GoodSound with { DcOffset = -0.05 }, GoodVoice, Verdict.Usable, "dc_offset", "DC offset");
        Check(GoodSound, GoodVoice with { SpeechShare = 0.2 }, Verdict.Usable, "little_speech", "Mostly silence");
        Check(GoodSound with { LoudnessRangeLu = 25 }, GoodVoice, Verdict.Usable, "uneven", "Uneven");
    }

    [Fact]
    public void The_worst_finding_gives_verdict_and_advice_and_all_are_named()
    {
        Assessment a = Assess(GoodSound with { BandwidthHz = 3_600, DcOffset = 0.1 }, GoodVoice with { SnrDb = -2 });
        Assert.Equal(Verdict.Hopeless, a.Verdict);
        Assert.Equal(["snr_too_low", "narrow_band", "dc_offset"], a.Findings.Select(f => f.Code));
        Assert.StartsWith("Room noise", a.Advice, StringComparison.Ordinal);
    }

    private static void Check(Measurements measured, VoiceFigures voice, Verdict verdict, string code, string advice)
    {
        Assessment a = Assess(measured, voice);
        Assert.Equal((verdict, code), (a.Verdict, Assert.Single(a.Findings).Code));
        Assert.StartsWith(advice, a.Advice, StringComparison.Ordinal);
    }

    private static Assessment Assess(Measurements measured, VoiceFigures voice) =>
        Assessor.Assess(measured, voice, new AssessmentLimits());
}
