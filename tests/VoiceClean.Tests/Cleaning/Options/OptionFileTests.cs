using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Stages.StripSilence;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Options;

public class OptionFileTests
{
    [Fact]
    public void What_a_report_echoes_is_a_configuration_that_gives_the_same_options()
    {
        var options = new CleaningOptions
        {
            SampleRate = 48_000,
            Stages = ["estimate-noise", "spectral-gate"],
            Silence = new StripSilenceOptions
            {
                Mode = SilenceMode.All,
                ThresholdDb = -40,
                MinSilence = TimeSpan.FromMilliseconds(750),
            },
            Loudness = new() { TargetLufs = null },
            Output = new() { Encoding = SampleEncoding.IeeeFloat },
            Clicks = new() { Strength = 0.25 },
        };
        string json = ReportJson.ToLine(options);
        CleaningOptions back = OptionFile.Parse(json, "test");
        Assert.Equal(json, ReportJson.ToLine(back));
        Assert.Equal(options with { Stages = [] }, back with { Stages = [] });
    }

    [Fact]
    public void A_configuration_that_names_one_option_leaves_every_other_at_its_default()
    {
        CleaningOptions options = OptionFile.Parse(
            """{"spectral_gate": {"strength": 0.3}, "silence": {"min_silence": "250ms"}}""",
            "test");
        Assert.Equal(0.3, options.SpectralGate.Strength);
        Assert.Equal(0.6, options.Clicks.Strength);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Silence.MinSilence);
        Assert.Equal(TimeSpan.FromMilliseconds(100), options.Silence.PadBefore);
        Assert.Equal(new CleaningOptions().Loudness, options.Loudness);
    }

    [Fact]
    public void Strength_is_one_key_and_what_names_one_stage_wins_over_it_wherever_it_stands()
    {
        CleaningOptions options = OptionFile.Parse("""{"clicks": {"strength": 0.9}, "strength": 0.3}""", "test");
        Assert.Equal(0.3, options.SpectralGate.Strength);
        Assert.Equal(0.3, options.Noisereduce.Strength);
        Assert.Equal(0.9, options.Clicks.Strength);
        Assert.Null(options.Strength);
        Assert.Equal(0.3, OptionFile.Parse("""{"strength": 0.3}""", "test").Strength);
    }

    [Fact]
    public void The_words_of_the_command_line_are_understood_at_the_top()
    {
        CleaningOptions options = OptionFile.Parse(
            """{"rate": "48k", "silence": "all", "loudness": "off", "min_snr": "5dB", "silence-pad": "50ms,0.3s"}""",
            "test");
        Assert.Equal(48_000, options.SampleRate);
        Assert.Equal(SilenceMode.All, options.Silence.Mode);
        Assert.Null(options.Loudness.TargetLufs);
        Assert.Equal(5, options.Gate.MinSnrDb);
        Assert.Equal(TimeSpan.FromMilliseconds(50), options.Silence.PadBefore);
        Assert.Equal(TimeSpan.FromMilliseconds(300), options.Silence.PadAfter);
    }

    [Theory]
    [InlineData(
        """{"spectral_gate": {"strenght": 0.3}}""",
        "c.json: there is no option 'spectral_gate.strenght'; did you mean spectral_gate.strength?")]
    [InlineData("""{"strenght": 0.3}""", "c.json: there is no option 'strenght'; did you mean strength?")]
    [InlineData(
        """{"spectral_gate": {"strength": 1.5}}""",
        "c.json: spectral_gate.strength 1.5: must be a number between 0 and 1.")]
    [InlineData(
        """{"gate": {"min_snr_db": 99}}""",
        "c.json: gate.min_snr_db 99: must be a number of dB between -20 and 60.")]
    [InlineData(
        """{"silence": {"mode": "sometimes"}}""",
        "c.json: silence.mode sometimes: must be one of ends, all, off.")]
    [InlineData(
        """{"silence": {"min_silence": "soon"}}""",
        "c.json: silence.min_silence soon: must be a time between 0.05s and 1min")]
    [InlineData(
        """{"gate": {"min_speech": null}}""",
        "c.json: gate.min_speech null: must be a time between 0s and 1min")]
    [InlineData("""{"stages": [1]}""", "c.json: stages [1]: must be names")]
    [InlineData("""{"clicks": 1}""", "c.json: clicks 1: must be an object with strength.")]
    [InlineData("""{"clicks": "off"}""", "c.json: clicks off: must be an object with ")]
    [InlineData("""{"spectral_gate": null}""", "c.json: spectral_gate null: must be an object with ")]
    [InlineData("""{"sample_rate": {"hz": 5}}""", "c.json: sample_rate {")]
    [InlineData("""{"sample_rate": 16000, "rate": 16000}""", "c.json: rate is given twice.")]
    [InlineData("[]", "c.json holds no JSON object")]
    [InlineData("null", "c.json holds no JSON object")]
    [InlineData("{", "c.json is no valid JSON (line 1, column 2")]
    [InlineData("  \n", "c.json is empty; a configuration without any option is {}")]
    public void A_wrong_configuration_is_a_usage_error_that_names_the_key_its_unit_and_its_range(
        string json,
        string expected)
    {
        var e = Assert.Throws<VoiceCleanException>(() => OptionFile.Parse(json, "c.json"));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.StartsWith(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_a_missing_file_are_said_in_a_plain_sentence()
    {
        string folder = AppContext.BaseDirectory;
        Assert.EndsWith(
            "is a folder; name a JSON file.",
            Assert.Throws<VoiceCleanException>(() => OptionFile.Load(folder)).Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "does not exist.",
            Assert.Throws<VoiceCleanException>(() => OptionFile.Load(Path.Combine(folder, "no.json"))).Message,
            StringComparison.Ordinal);
    }
}
