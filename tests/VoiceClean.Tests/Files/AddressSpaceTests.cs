using VoiceClean.Files;
using Xunit;

namespace VoiceClean.Tests.Files;

public class AddressSpaceTests
{
    [Theory]
    [InlineData("Max address space         unlimited            unlimited            bytes", false)]
    [InlineData("Max address space         2048000000           unlimited            bytes", true)]
    [InlineData("Max open files            1024                 4096                 files", false)]
    public void A_soft_limit_of_addresses_is_one(string line, bool isLimited) =>
        Assert.Equal(isLimited, AddressSpace.IsLimitedBy(["Limit  Soft Limit  Hard Limit  Units", line]));
}
