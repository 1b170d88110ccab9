using System.ComponentModel;
using VoiceClean.Files;
using Xunit;

namespace VoiceClean.Tests.Files;

public class SystemErrorsTests
{
    [Theory]
    [InlineData(2, "it does not exist")]
    [InlineData(8, "it is no program of this machine")]
    [InlineData(13, "it is a folder, or its permissions forbid it")]
    [InlineData(28, "its disk is full")]
    public void A_program_that_cannot_be_started_is_told_by_the_system_s_number(int number, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has other numbers");
        Assert.Equal(expected, SystemErrors.Say(new Win32Exception(number)));
    }
}
