using VoiceClean.Files;
using Xunit;

namespace VoiceClean.Tests.Files;

public class AddressSpaceTests
{
    [Fact]
    public void The_limit_of_addresses_is_the_one_that_the_system_shows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc here");
        string line = File.ReadLines("/proc/self/limits")
            .Single(l => l.StartsWith("Max address space", StringComparison.Ordinal));
        string soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        Assert.Equal(soft, AddressSpace.Limit is { } limit ? FormattableString.Invariant($"{limit}") : "unlimited");
    }
}
