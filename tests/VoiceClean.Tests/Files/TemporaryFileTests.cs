using VoiceClean.Files;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Files;

public class TemporaryFileTests
{
    [Fact]
    public void Nobody_else_may_open_one()
    {
        Requires.That(!OperatingSystem.IsWindows(), "Windows has no file modes.");
        using FileStream file = TemporaryFile.Create();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(file.SafeFileHandle));
        }
    }

    [Fact]
    public void One_has_no_name()
    {
        Requires.That(!OperatingSystem.IsWindows(), "On Windows it keeps its name until it is closed.");
        using FileStream file = TemporaryFile.Create();
        Assert.False(File.Exists(file.Name));
    }
}
