using VoiceClean.Files;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Files;

public class RealPathTests
{
    [Fact]
    public void Every_link_on_the_way_is_followed_and_what_is_not_there_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var folder = new TemporaryFolder();
        string real = RealPath.Of(folder.Path);
        Directory.CreateDirectory(Path.Combine(real, "a", "b"));
        Directory.CreateSymbolicLink(Path.Combine(real, "one"), "a");
        Directory.CreateSymbolicLink(Path.Combine(real, "a", "two"), "../a/b");
        File.CreateSymbolicLink(Path.Combine(real, "a", "b", "x.wav"), "../../y.wav");
        Assert.Equal(Path.Combine(real, "a", "b"), RealPath.Of(Path.Combine(folder.Path, "one", "two")));
        Assert.Equal(Path.Combine(real, "y.wav"), RealPath.Of(Path.Combine(folder.Path, "one", "two", "x.wav")));
        Assert.Equal(Path.Combine(real, "no", "such"), RealPath.Of(Path.Combine(folder.Path, "no", "such")));
        Assert.Equal(real, RealPath.Of(Path.Combine(folder.Path, "one", "..")));
    }

    [Fact]
    public void A_circle_of_links_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["a"], "b");
        File.CreateSymbolicLink(folder["b"], "a");
        Assert.Throws<IOException>(() => RealPath.Of(folder["a"]));
    }
}
