using Xunit;

namespace VoiceClean.Cli.Tests;

public class ProgramTests
{
    [Fact]
    public void The_built_program_stands_beside_the_tests()
        => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll")));
}
