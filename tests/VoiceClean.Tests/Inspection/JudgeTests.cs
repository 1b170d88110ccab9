using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class JudgeTests
{
    private static readonly Measurements Fine = new()
    {
        DurationS = 60,
        IntegratedLufs = -22,
        LoudnessRangeLu = 6,
        TruePeakDbtp = -4,
        SamplePeakDbfs = -4,
        PeakWithoutHumDbfs = -4,
        BandwidthHz = 14_000,
        DcOffset = 0,
        NoiseFloorDbfs = -65,
        SpeechDbfs = -25,
        SnrDb = 40,
        SpeechS = 45,
        SpeechShare = 0.75,
        VoicedS = 25,
        VoicedRatioDb = 12,
        ClippedSamples = 0,
        ClippedShare = 0,
        NoiseColourDbPerOctave = -4,
    };

    [Fact]
    public void A_good_recording_is_good()
    {
        Assessment a = Assess(Fine);
        Assert.Equal(Verdict.Good, a.Verdict);
        Assert.Empty(a.Findings);
        Assert.Equal("Fine as it is.", a.Advice);
    }

    public static TheoryData<string, Measurements, Verdict, string, string> Faults => new()
    {
        { "short", Fine with { DurationS = 0.4 }, Verdict.Hopeless, "too_short", "Too short" },
        { "silent", Fine with { PeakWithoutHumDbfs = -70 }, Verdict.Hopeless, "silent", "Silent" },
        {
            "no numbers", Fine with { PeakWithoutHumDbfs = double.NegativeInfinity, NonfiniteSamples = 44_100 },
            Verdict.Hopeless, "silent", "No numbers"
        },
        { "no voice", Fine with { VoicedS = 0.1 }, Verdict.Hopeless, "no_speech", "No speech" },
        { "a whisper", Fine with { VoicedS = 0.1, IsWhispered = true }, Verdict.Hopeless, "no_speech", "Whisper" },
        { "no pitch", Fine with { VoicedS = 0.1, ForegroundS = 3 }, Verdict.Hopeless, "no_speech", "No voice" },
        { "weak voice", Fine with { VoicedRatioDb = -8 }, Verdict.Hopeless, "no_speech", "No speech" },
        {
            "thunder", Fine with { SnrDb = 2, LongestVoicedS = 0.06 }, Verdict.Hopeless, "no_speech", "No speech"
        },
        {
            "a piece without a voice", Fine with { DurationS = 0.6, VoicedS = 0.1 }, Verdict.Hopeless, "no_speech",
            "Too short to tell"
        },
        {
            "a piece in noise", Fine with { DurationS = 1, SnrDb = -1 }, Verdict.Hopeless, "snr_too_low",
            "Too short to tell"
        },
        {
            "music alone", Fine with { LongestVoicedS = 2, TonesHeldShare = 0.7 }, Verdict.Hopeless, "no_speech",
            "Music"
        },
        { "music", Fine with { TonesSteadiness = 3.6 }, Verdict.Poor, "music", "Music" },
        { "a church", Fine with { DecayDbPerS = 80 }, Verdict.Usable, "reverberant", "Reverberation" },
        { "a hall", Fine with { ReverberationS = 1.9 }, Verdict.Usable, "reverberant", "Reverberation" },
        { "a word", Fine with { SpeechS = 0.3 }, Verdict.Hopeless, "too_short", "Too short" },
        { "clipped", Fine with { ClippedShare = 0.02 }, Verdict.Hopeless, "clipped", "Too hot" },
        { "less clipped", Fine with { ClippedShare = 0.002 }, Verdict.Poor, "clipped", "Too hot" },
        { "hardly clipped", Fine with { ClippedShare = 0.0005 }, Verdict.Usable, "clipped", "Too hot" },
        { "drowned", Fine with { SnrDb = -1 }, Verdict.Hopeless, "snr_too_low", "Room noise" },
        { "noisy", Fine with { SnrDb = 4 }, Verdict.Poor, "low_snr", "Room noise" },
        {
            "hiss", Fine with { SnrDb = 15, NoiseColourDbPerOctave = 0 }, Verdict.Usable, "low_snr", "Hiss"
        },
        {
            "rumble", Fine with { SnrDb = 15, NoiseColourDbPerOctave = -9 }, Verdict.Usable, "low_snr", "Rumble"
        },
        { "clipped and encoded", Fine with { PiledPeaksRatio = 0.8 }, Verdict.Poor, "clipped", "Too hot" },
        { "hum", Fine with { HumHz = 50, HumDbfs = -50 }, Verdict.Usable, "hum", "Hum at 50 Hz" },
        { "telephone", Fine with { BandwidthHz = 3_600 }, Verdict.Poor, "narrow_band", "8 kHz telephone band" },
        { "16 kHz", Fine with { BandwidthHz = 7_400 }, Verdict.Poor, "narrow_band", "16 kHz recording" },
        { "dull", Fine with { BandwidthHz = 10_000 }, Verdict.Good, "narrow_band", "Dull sound" },
        {
            "quiet", Fine with { IntegratedLufs = -45 }, Verdict.Usable, "quiet",
            "Too quiet: turn the input up by 22 dB"
        },
        {
            "quieter", Fine with { IntegratedLufs = null, SpeechDbfs = -75 }, Verdict.Usable, "quiet",
            "Too quiet: turn the input up by 52 dB"
        },
        { "offset", Fine with { DcOffset = -0.05 }, Verdict.Usable, "dc_offset", "DC offset" },
        { "pauses", Fine with { SpeechShare = 0.2 }, Verdict.Usable, "little_speech", "Mostly silence" },
        { "uneven", Fine with { LoudnessRangeLu = 25 }, Verdict.Usable, "uneven", "Uneven" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Every_fault_has_its_verdict_its_code_and_its_advice(
        string fault,
        Measurements measured,
        Verdict verdict,
        string code,
        string advice)
    {
        Assessment a = Assess(measured);
        Finding finding = Assert.Single(a.Findings);
        Assert.Equal((fault, verdict, code), (fault, a.Verdict, finding.Code));
        Assert.StartsWith(advice, a.Advice, StringComparison.Ordinal);
        Assert.EndsWith(".", finding.Message.TrimEnd(')'), StringComparison.Ordinal);
        Assert.DoesNotContain("--", finding.Message + finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.4, true)]
    [InlineData(1.6, false)]
    public void A_short_piece_is_said_to_be_beyond_judging_and_not_hopeless(double seconds, bool isShort)
    {
        Measurements[] measured =
        [
            Fine with { DurationS = seconds, VoicedS = 0.1, ForegroundS = 1 },
            Fine with { DurationS = seconds, VoicedRatioDb = double.NegativeInfinity },
            Fine with { DurationS = seconds, SnrDb = -3 },
        ];
        Assert.All(
            measured.Select(m => Assess(m).Findings[0].Message),
            message => Assert.Equal(isShort, message.Contains("told for sure", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(
        -3, 0, "The speech drowns in noise: the signal-to-noise ratio is about -3 dB, at least 0 dB are needed.")]
    [InlineData(
        20, 25,
        "Too much noise: the signal-to-noise ratio is about 20 dB, at least 25 dB are needed.")]
    [InlineData(40, 50, "The signal-to-noise ratio is above 40 dB, the most that is told; 50 dB are asked for.")]
    public void Who_asks_for_little_noise_is_not_told_that_speech_drowns(double snr, double least, string sentence) =>
        Assert.Equal(
            sentence,
            Judge.Assess(Fine with { SnrDb = snr }, new QualityGateOptions { MinSnrDb = least }).Findings[0].Message);

    // "fix", "sit" or "S", cut out of a lesson: half a second of speech, a tenth of it vowel.
    [Theory]
    [InlineData(40, 12, 0.1, 0.6, null)]
    [InlineData(40, 12, 0.1, 0.4, "too_short")]
    [InlineData(9, 12, 0.1, 0.6, "no_speech")]
    [InlineData(40, 2, 0.1, 0.6, "no_speech")]
    [InlineData(40, 12, 0.08, 0.6, "no_speech")]
    public void One_clear_word_is_speech_and_how_much_is_needed_decides(
        double snr,
        double ratio,
        double longest,
        double speech,
        string? refusedAs)
    {
        Measurements word = Fine with
        {
            DurationS = 1.5,
            VoicedS = 0.12,
            SnrDb = snr,
            VoicedRatioDb = ratio,
            LongestVoicedS = longest,
            SpeechS = speech,
            SpeechShare = speech / 1.5,
        };
        Finding? refusal = Assess(word).Findings.FirstOrDefault(f => f.Verdict == Verdict.Hopeless);
        Assert.Equal(refusedAs, refusal?.Code);
    }

    [Theory]
    [InlineData(double.NegativeInfinity, "there is nothing but digital silence.")]
    [InlineData(-169, "there is nothing but a constant level.")]
    [InlineData(-131, "what it holds peaks at -131 dBFS.")]
    public void Silence_is_said_to_be_what_it_is(double peak, string expected) =>
        Assert.EndsWith(
            expected,
            Assess(Fine with { PeakWithoutHumDbfs = peak }).Findings[0].Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(2.9, 0)]
    [InlineData(3, 1)]
    public void Hum_is_not_told_from_a_long_vowel_in_a_short_piece(double seconds, int findings) =>
        Assert.Equal(
            findings,
            Assess(Fine with { DurationS = seconds, HumHz = 50, HumDbfs = -50 }).Findings.Count(f => f.Code == "hum"));

    [Fact]
    public void Every_rule_of_the_table_has_a_case() =>
        Assert.All(
            JudgeTable.Rules,
            rule => Assert.Contains(
                Faults,
                fault => rule.Apply(fault.Data.Item2, new QualityGateOptions()) is { } found
                    && Assess(fault.Data.Item2).Findings.Contains(found)));

    [Fact]
    public void What_was_not_measured_is_not_held_against_a_recording() =>
        Assert.Empty(Assess(new Measurements { DurationS = 5 }).Findings);

    [Fact]
    public void The_options_move_the_limits_that_they_name()
    {
        var strict = new QualityGateOptions
        {
            MinSnrDb = 50,
            MinSpeech = TimeSpan.FromSeconds(46),
            MaxClippedShare = 0,
        };
        Assert.Equal(["snr_too_low", "too_short"], Judge.Assess(Fine, strict).Findings.Select(f => f.Code));
        Assert.Equal(
            "Only 45.00 s of speech were found; at least 46 s are needed.",
            Judge.Assess(Fine, strict).Findings[1].Message);
        Assert.Equal("snr_too_low", Judge.Assess(Fine, strict with { MinSpeech = default }).Findings[0].Code);
        Assert.Equal(
            "clipped",
            Judge.Assess(Fine with { ClippedShare = 1e-6 }, strict with { MinSpeech = default }).Findings[0].Code);
    }

    [Fact]
    public void The_worst_finding_gives_verdict_and_advice_and_all_are_named()
    {
        Assessment a = Assess(Fine with { BandwidthHz = 3_600, DcOffset = 0.1, SnrDb = -2 });
        Assert.Equal(Verdict.Hopeless, a.Verdict);
        Assert.Equal(["snr_too_low", "narrow_band", "dc_offset"], a.Findings.Select(f => f.Code));
        Assert.StartsWith("Room noise", a.Advice, StringComparison.Ordinal);
    }

    private static Assessment Assess(Measurements measured) => Judge.Assess(measured, new QualityGateOptions());
}
