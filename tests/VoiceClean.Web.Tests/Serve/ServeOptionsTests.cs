using VoiceClean.Errors;
using VoiceClean.Web.Http;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

public class ServeOptionsTests
{
    private static readonly BearerTokens Tokens = BearerTokens.Parse("anna 0123456789abcdef", "f");

    [Theory]
    [InlineData("127.0.0.1:80", null, false, false)]
    [InlineData("unix:/run/a.sock", null, false, false)]
    [InlineData("0.0.0.0:80", null, true, false)]
    [InlineData("0.0.0.0:80", null, false, true)]
    [InlineData("127.0.0.1:80", "0.0.0.0:81", true, false)]
    public void What_only_this_machine_reaches_or_somebody_guards_may_run(
        string listen,
        string? metrics,
        bool hasTokens,
        bool noAuth)
        => Assert.Null(Record.Exception(Options(listen, metrics, hasTokens, noAuth).CheckAccess));

    [Theory]
    [InlineData("0.0.0.0:80", null, false, false, "--token-file")]
    [InlineData("*:80", null, false, false, "--token-file")]
    [InlineData("10.1.2.3:80", null, false, false, "--token-file")]
    [InlineData("127.0.0.1:80", "0.0.0.0:81", false, false, "--token-file")]
    [InlineData("127.0.0.1:80", null, true, true, "contradict")]
    public void What_anybody_could_use_is_refused(
        string listen,
        string? metrics,
        bool hasTokens,
        bool noAuth,
        string part)
    {
        var failure = Assert.Throws<VoiceCleanException>(Options(listen, metrics, hasTokens, noAuth).CheckAccess);
        Assert.Equal(ErrorKind.Usage, failure.Kind);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_per_token_needs_tokens()
        => Assert.Throws<VoiceCleanException>(new ServeOptions { MaxPerToken = 1 }.CheckAccess);

    private static ServeOptions Options(string listen, string? metrics, bool hasTokens, bool noAuth) => new()
    {
        Listen = Address(listen),
        MetricsListen = metrics is null ? null : Address(metrics),
        Tokens = hasTokens ? Tokens : null,
        NoAuth = noAuth,
    };

    private static ListenAddress Address(string text) =>
        ListenAddress.TryParse(text, out ListenAddress address) ? address : throw new ArgumentException(text);
}
