using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class IdleOptionsTests
{
    [Theory]
    [InlineData("--loudness off --true-peak -3", "--true-peak")]
    [InlineData("--loudness off --dual-mono true", "--dual-mono")]
    [InlineData("--denoiser off --strength 1 --noise head", "--strength --noise")]
    [InlineData("--strength 0 --noise head", "--noise")]
    [InlineData("--silence off --silence-min 1s --silence-pad 1s", "--silence-min --silence-pad")]
    [InlineData("--silence off --min-segment 3s", "--min-segment")]
    [InlineData("--stages high-pass,normalize-loudness --compress true --silence all", "--compress --silence")]
    [InlineData("--denoiser noisereduce --spectral-gate-strength 0.3", "--spectral-gate-strength")]
    [InlineData("--gate off --min-snr 5", "--min-snr")]
    [InlineData("--strength 0 --noise off --silence off --loudness off --compress false", "")]
    [InlineData("--strength 0.4 --noise head --loudness -20 --true-peak -3 --compress true --compress-ratio 3", "")]
    [InlineData("--stages suppress-clicks --strength 0.4 --rate 48000 --channel left", "")]
    public void An_option_whose_stage_is_left_out_is_named(string words, string idle)
    {
        string[] parts = words.Split(' ');
        var named = Enumerable.Range(0, parts.Length / 2)
            .Select(i => (Row: OptionTable.Cleaning.Find(parts[2 * i])!, Value: parts[(2 * i) + 1]))
            .ToList();
        CleaningOptions options = OptionTable.Cleaning.Apply(
            new CleaningOptions(),
            named.Select(n => (n.Row, n.Value, n.Row.Flag)));
        Assert.Equal(
            idle.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            IdleOptions
                .Sentences(named.Select(n => ((OptionRow)n.Row, n.Value)), options)
                .Select(s => s.Split(' ')[1]));
    }

    [Fact]
    public void One_gain_for_a_folder_is_idle_where_there_is_no_loudness()
    {
        OptionRow row = new CommandOptions(OptionScope.Batch).Find("--loudness-per")!;
        CleaningOptions off = new() { Loudness = new() { TargetLufs = null } };
        Assert.Contains("--loudness-per", Assert.Single(IdleOptions.Sentences([(row, "folder")], off)));
        Assert.Empty(IdleOptions.Sentences([(row, "clip")], off));
        Assert.Empty(IdleOptions.Sentences([(row, "folder")], new CleaningOptions()));
    }
}
