using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Web.Tests.Http;

public class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080", true)]
    [InlineData("localhost:0", "127.0.0.1:0", true)]
    [InlineData("[::1]:80", "[::1]:80", true)]
    [InlineData("127.8.9.1:1", "127.8.9.1:1", true)]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8080", false)]
    [InlineData("*:8080", "[::]:8080", false)]
    [InlineData("10.0.0.7:65535", "10.0.0.7:65535", false)]
    [InlineData("unix:/run/vc.sock", "unix:/run/vc.sock", true)]
    public void Addresses_and_sockets_are_read_and_who_can_reach_them(string text, string shown, bool isLocal)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress address));
        Assert.Equal((shown, isLocal), (address.ToString(), address.IsLocal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.1:80")]
    [InlineData("2130706433:80")]
    [InlineData("::1:80")]
    [InlineData("[::1]")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("example.org:80")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("unix:")]
    public void Anything_else_is_none(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Theory]
    [InlineData(103, true)]
    [InlineData(104, false)]
    public void The_path_of_a_socket_is_no_longer_than_systems_keep(int bytes, bool isGood)
        => Assert.Equal(isGood, ListenAddress.TryParse("unix:" + new string('a', bytes), out _));
}
