using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class DoctorCommandTests
{
    [Fact]
    public void It_says_what_is_built_in_and_what_the_libraries_of_the_machine_are_good_for()
    {
        BuiltProgram.Result run = BuiltProgram.Run("doctor");
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Text.Split('\n');
        string builtIn = Assert.Single(lines, l => l.StartsWith("built in", StringComparison.Ordinal));
        Assert.Contains("flac", builtIn, StringComparison.Ordinal);
        Assert.Contains("opus (Concentus 2.2.2)", builtIn, StringComparison.Ordinal);
        Assert.Contains("ogg (NVorbis 0.10.5)", builtIn, StringComparison.Ordinal);
        Assert.Contains("mp3 (NLayer 3.0.1)", builtIn, StringComparison.Ordinal);
        Assert.Contains("HE-AAC", Assert.Single(lines, l => l.StartsWith("ffmpeg", StringComparison.Ordinal)));
        Assert.All(
            DoctorCommand.Fitted(run.Text, 80).Split('\n'),
            l => Assert.True(Wrapped.Columns(l) <= 80, l));
        Assert.Equal(run.Text, DoctorCommand.Fitted(run.Text, null));
        Assert.Contains("caf", Assert.Single(lines, l => l.StartsWith("sndfile", StringComparison.Ordinal)));
    }
}
