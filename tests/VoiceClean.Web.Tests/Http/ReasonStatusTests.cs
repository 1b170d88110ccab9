using System.Reflection;
using VoiceClean.Errors;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Web.Tests.Http;

public class ReasonStatusTests
{
    private static readonly int[] Statuses =
        [400, 401, 403, 404, 405, 408, 409, 413, 415, 421, 422, 429, 499, 500, 503, 504];

    [Fact]
    public void Every_reason_code_of_the_library_and_of_the_server_has_its_answer_and_there_is_no_other()
    {
        string[] codes =
        [
            .. new[] { typeof(ReasonCodes), typeof(HttpReasons) }
                .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
                .Where(f => f.IsLiteral)
                .Select(f => (string)f.GetRawConstantValue()!)
                .Order(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(codes);
        Assert.Equal(codes, ReasonStatus.All.Select(r => r.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Statuses_are_those_that_are_documented()
        => Assert.All(ReasonStatus.All, r => Assert.Contains(r.Status, Statuses));

    [Fact]
    public void What_may_succeed_later_says_so_by_its_status_too()
        => Assert.All(ReasonStatus.All, r => Assert.Equal(r.Status is 503 or 429 or 408, r.IsRetryable));

    [Theory]
    [InlineData("bad_options", 400)]
    [InlineData("silent", 422)]
    [InlineData("no_speech", 422)]
    [InlineData("decode_failed", 400)]
    [InlineData("unsupported_format", 415)]
    [InlineData("too_long", 413)]
    [InlineData("too_large", 413)]
    [InlineData("timeout", 504)]
    [InlineData("busy", 503)]
    [InlineData("no_space", 503)]
    [InlineData("internal_error", 500)]
    [InlineData("token_limit", 429)]
    [InlineData("slow_body", 408)]
    [InlineData("client_gone", 499)]
    public void Reasons_have_the_status_of_the_design(string reason, int status)
        => Assert.Equal(status, ReasonStatus.Of(reason).Status);

    [Theory]
    [InlineData(ErrorKind.Usage, 400)]
    [InlineData(ErrorKind.Refused, 422)]
    [InlineData(ErrorKind.Input, 400)]
    [InlineData(ErrorKind.Output, 500)]
    [InlineData(ErrorKind.Temporary, 503)]
    [InlineData(null, 500)]
    public void A_reason_of_somebody_elses_stage_is_answered_by_who_has_to_act(ErrorKind? kind, int status)
    {
        var answer = ReasonStatus.Of("theirs", kind);
        Assert.Equal(("theirs", status), (answer.Reason, answer.Status));
    }
}
