using Microsoft.AspNetCore.Http;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Web.Tests.Http;

public class RouteTableTests
{
    private static readonly RouteTable Table = Make();

    [Theory]
    [InlineData("GET", "/", "/")]
    [InlineData("GET", "/clips", "/clips")]
    [InlineData("GET", "/clips/", "/clips")]
    [InlineData("GET", "/CLIPS", "/clips")]
    [InlineData("HEAD", "/clips", "/clips")]
    [InlineData("POST", "/clips", "/clips")]
    [InlineData("GET", "/clips/c7/peaks", "/clips/{clip}/peaks")]
    [InlineData("GET", "/clips/c7", null)]
    [InlineData("GET", "/clips/c7/peaks/x", null)]
    [InlineData("GET", "/clip", null)]
    [InlineData("GET", "", "/")]
    [InlineData("GET", "/../clips", null)]
    public void A_request_finds_the_route_of_its_path_and_method(string method, string path, string? expected)
    {
        RouteMatch match = Table.Find(Request(method, path));
        Assert.Equal(expected, match.Route?.Path);
        Assert.Equal(expected is not null, match.HasPath);
    }

    [Fact]
    public void What_stands_for_the_braces_is_told_to_the_handler()
    {
        HttpRequest request = Request("GET", "/clips/C7 %2F/peaks");
        Assert.NotNull(Table.Find(request).Route);
        Assert.Equal("C7 %2F", request.RouteValues["clip"]);
    }

    [Fact]
    public async Task Another_method_is_refused_with_those_that_are_allowed()
    {
        HttpRequest request = Request("DELETE", "/clips");
        RouteMatch match = Table.Find(request);
        Assert.Null(match.Route);
        await RouteTable.Refuse(request.HttpContext, match);
        Assert.Equal(405, request.HttpContext.Response.StatusCode);
        Assert.Equal("GET, HEAD, POST", request.HttpContext.Response.Headers.Allow);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        HttpRequest request = Request("GET", "/nothing");
        await RouteTable.Refuse(request.HttpContext, Table.Find(request));
        Assert.Equal(404, request.HttpContext.Response.StatusCode);
    }

    [Fact]
    public void A_route_knows_its_marks()
    {
        Route route = new Route(["GET"], "/x", _ => Task.CompletedTask).With("a").With(new Version(1, 2));
        Assert.Equal("a", route.Mark<string>());
        Assert.Equal(new Version(1, 2), route.Mark<Version>());
        Assert.Null(route.Mark<Uri>());
    }

    private static RouteTable Make()
    {
        var table = new RouteTable();
        table.Add(new Route(["GET", "HEAD"], "/", _ => Task.CompletedTask));
        table.Add(new Route(["GET", "HEAD"], "/clips", _ => Task.CompletedTask));
        table.Add(new Route(["POST"], "/clips", _ => Task.CompletedTask));
        table.Add(new Route(["GET"], "/clips/{clip}/peaks", _ => Task.CompletedTask));
        return table;
    }

    private static HttpRequest Request(string method, string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        return context.Request;
    }
}
