using VoiceClean.Errors;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

public class BearerTokensTests
{
    private const string Anna = "0123456789abcdef", Ben = "fedcba9876543210";

    [Fact]
    public void A_token_belongs_to_its_name()
    {
        var tokens = BearerTokens.Parse($"# ours\nanna {Anna}\r\n\n  ben\t{Ben}  # until May\n", "f");
        Assert.Equal(["anna", "ben"], tokens.Names);
        Assert.Equal(
            ["anna", "ben", "anna"],
            new[] { $"Bearer {Anna}", $"Bearer {Ben}", $"bearer {Anna}" }.Select(tokens.NameOf));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0123456789abcde")]
    [InlineData("Bearer 0123456789ABCDEF")]
    [InlineData("Basic 0123456789abcdef")]
    [InlineData("0123456789abcdef")]
    public void Anything_else_is_nobodys(string? header)
        => Assert.Null(BearerTokens.Parse($"anna {Anna}", "f").NameOf(header));

    [Theory]
    [InlineData("", "names nobody")]
    [InlineData("# nobody", "names nobody")]
    [InlineData("anna", "line 1: a line is a name and a token")]
    [InlineData("anna 0123456789abcdef x", "line 1: a line is a name and a token")]
    [InlineData("\nanna short", "line 2: the token must have at least 16")]
    [InlineData("anna 0123456789abcdé0", "printable ASCII")]
    [InlineData("anna 0123456789abcdef\nanna fedcba9876543210", "line 2: the name or the token is there already")]
    [InlineData("anna 0123456789abcdef\nben 0123456789abcdef", "line 2: the name or the token is there already")]
    public void A_wrong_file_is_refused_and_no_token_shown(string text, string part)
    {
        string message = Assert.Throws<VoiceCleanException>(() => BearerTokens.Parse(text, "f")).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Anna, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_holds_no_more_than_it_may()
    {
        var tokens = BearerTokens.Parse($"anna {Anna}", "f");
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => tokens.TryHold("anna", 2)));
        tokens.Release("anna");
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => tokens.TryHold("anna", 2)));
    }
}
