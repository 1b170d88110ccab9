using System.Text;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>What may come through a pipe: the recording, a list, the configuration; one of them at a time.</summary>
public sealed class StandardInputTests : IDisposable
{
    private static readonly string Sample = BuiltProgram.Sample("hum.wav");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_configuration_through_a_pipe_does_what_the_same_file_does()
    {
        File.WriteAllText(_folder["c.json"], """{"strength": 0.2, "rate": 16000}""");
        Assert.Equal(0, BuiltProgram.Run(Sample, _folder["a.wav"], "-q", "--config", _folder["c.json"]).ExitCode);
        Assert.Equal(0, Piped("""{"strength": 0.2, "rate": 16000}""", Sample, _folder["b.wav"], "-q").ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder["a.wav"]), File.ReadAllBytes(_folder["b.wav"]));
    }

    [Theory]
    [InlineData("{\"strenght\": 0.2}", "configuration on standard input: there is no option 'strenght'")]
    [InlineData("{\"strength\": 2}", "configuration on standard input: strength 2: must be")]
    [InlineData("{", "configuration on standard input is no valid JSON")]
    [InlineData("", "configuration on standard input is empty")]
    public void A_wrong_one_is_told_by_where_it_comes_from(string json, string expected)
    {
        BuiltProgram.Result run = Piped(json, Sample, _folder["a.wav"]);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData("- out.wav", "--config - and IN -")]
    [InlineData("batch --from-file - -o out", "--config - and --from-file -|--from-file - and --config -")]
    [InlineData("inspect --from-file -", "--config - and --from-file -|--from-file - and --config -")]
    public void Two_readers_of_standard_input_are_refused_before_either_reads(string words, string expected)
    {
        BuiltProgram.Result run = Piped(
            "{}",
            [.. words.Split(' ').Select(w => w.StartsWith("out", StringComparison.Ordinal) ? _folder[w] : w)]);
        Assert.Contains(
            expected.Split('|'),
            e => run.Errors.Contains($"{e} would both read standard input", StringComparison.Ordinal));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(_folder.Names());
    }

    private static BuiltProgram.Result Piped(string configuration, params string[] words) =>
        BuiltProgram.Run([.. words, "--config", "-"], Encoding.UTF8.GetBytes(configuration), null);
}
