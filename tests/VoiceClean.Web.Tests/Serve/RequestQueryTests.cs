using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

public class RequestQueryTests
{
    [Fact]
    public void The_words_are_those_of_the_command_line_and_the_rest_is_the_servers()
    {
        CleaningOptions server = ServeOptions.DefaultCleaning with { SampleRate = 24_000 };
        var query = RequestQuery.Parse(
            "?strength=0.3&silence=off&min_snr=5dB&id=%E5%BD%95%E9%9F%B3%2Fa%20b.wav&measure=0&compress",
            OptionScope.Clean,
            server);
        Assert.Equal((0.3, SilenceMode.Off), (query.Cleaning.Strength, query.Cleaning.Silence.Mode));
        Assert.Equal((5, true), (query.Cleaning.Gate.MinSnrDb, query.Cleaning.Compress.Enabled));
        Assert.Equal((24_000, "录音/a b.wav", false), (query.Cleaning.SampleRate, query.Id, query.IsMeasured));
    }

    [Fact]
    public void Nothing_said_is_what_the_server_does()
    {
        var query = RequestQuery.Parse("", OptionScope.Clean, ServeOptions.DefaultCleaning);
        Assert.Equal(new RequestQuery(ServeOptions.DefaultCleaning, null, true, false), query);
    }

    [Theory]
    [InlineData("strenght=0.3", "did you mean strength?")]
    [InlineData("strength=2", "between 0 and 1")]
    [InlineData("strength=0.3&strength=0.4", "given twice")]
    [InlineData("min-snr=1&min_snr=2", "given twice")]
    [InlineData("id=a&id=b", "given twice")]
    [InlineData("noise=file:/etc/passwd", "no file can be named")]
    [InlineData("noise=file%3A%2Fetc%2Fpasswd", "no file can be named")]
    [InlineData("noise-file-path=x", "no file can be named")]
    [InlineData("noise.file_path=x", "no file can be named")]
    [InlineData("config=/etc/passwd", "there is no option 'config'")]
    [InlineData("report=/tmp/x", "there is no option 'report'")]
    [InlineData("output=/tmp/x", "there is no option 'output'")]
    [InlineData("max-duration=31min", "can only be lowered")]
    [InlineData("limits.max_duration=18h", "can only be lowered")]
    [InlineData("limits-decoder-timeout=61s", "can only be lowered")]
    [InlineData("stages=spectral-gate", "put estimate-noise before it")]
    [InlineData("measure=maybe", "must be true or false")]
    [InlineData("id=", "1 to 1024 characters")]
    [InlineData("id=a%0Ab", "no control characters")]
    [InlineData("=1", "there is no option ''")]
    public void What_is_wrong_is_said(string query, string part)
    {
        var failure = Assert.Throws<VoiceCleanException>(() =>
            RequestQuery.Parse(query, OptionScope.Clean, ServeOptions.DefaultCleaning));
        Assert.Equal(ReasonCodes.BadOptions, failure.Code);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_can_be_lowered()
    {
        var query = RequestQuery.Parse(
            "max-duration=10s&limits-max-channels=2",
            OptionScope.Clean,
            ServeOptions.DefaultCleaning);
        Assert.Equal(TimeSpan.FromSeconds(10), query.Cleaning.Limits.MaxDuration);
    }

    [Fact]
    public void Gate_is_a_policy_for_cleaning_and_a_switch_for_inspecting()
    {
        Assert.Equal(
            VoiceClean.Inspection.GatePolicy.Warn,
            RequestQuery.Parse("gate=warn", OptionScope.Clean, ServeOptions.DefaultCleaning).Cleaning.Gate.Policy);
        Assert.True(RequestQuery.Parse("gate=1", OptionScope.Inspect, ServeOptions.DefaultCleaning).IsGate);
        Assert.Throws<VoiceCleanException>(() =>
            RequestQuery.Parse("strength=0.3", OptionScope.Inspect, ServeOptions.DefaultCleaning));
    }
}
