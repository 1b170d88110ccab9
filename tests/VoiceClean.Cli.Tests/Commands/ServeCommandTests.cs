using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public partial class ServeCommandTests
{
    private static readonly byte[] Fan = File.ReadAllBytes(BuiltProgram.Sample("fan.wav"));

    [Fact]
    public async Task It_gives_the_bytes_of_the_command_line_tells_what_it_did_and_ends_when_it_is_told_to()
    {
        SkipWithoutSignals();
        using var folder = new TemporaryFolder();
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["cli.wav"], "--rate", "24k").ExitCode);
        using var server = new ServedProgram("127.0.0.1:0", "--rate", "24k", "--json", "--temp", folder.Path);
        using HttpResponseMessage answer = await Post(server, "v1/clean?id=fan.wav");
        Assert.Equal(File.ReadAllBytes(folder["cli.wav"]), await answer.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage refused = await Post(server, "v1/clean?max-duration=1s");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        server.Signal("TERM");
        (int exitCode, string output, string errors) = server.Ended();
        Assert.Equal(0, exitCode);
        JsonNode[] lines =
            [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(["ok", "failed", null], lines.Select(l => (string?)l["status"]));
        Assert.Equal((1, 0), ((int?)lines[^1]["counts"]!["ok"], (int?)lines[^1]["exit_code"]));
        Assert.Matches(@"Z POST /v1/clean 200 \d+ ms \d+ B\n", errors);
        Assert.Matches(@"Z POST /v1/clean 413 \d+ ms \d+ B too_long", errors);
        Assert.Equal(["cli.wav"], folder.Names());
    }

    [Fact]
    public async Task With_a_log_of_JSON_each_request_is_an_object()
    {
        SkipWithoutSignals();
        using var server = new ServedProgram("127.0.0.1:0", "--log-format", "json");
        using HttpResponseMessage refused = await Post(server, "v1/clean?max-duration=1s");
        server.Signal("TERM");
        string line = server.Ended().Errors.Split('\n').Single(l => l.StartsWith('{'));
        JsonNode record = JsonNode.Parse(line)!;
        Assert.Equal(
            ("POST", "/v1/clean", 413, "too_long"),
            ((string?)record["method"], (string?)record["path"], (int?)record["status"], (string?)record["reason"]));
        Assert.EndsWith("Z", (string?)record["time"], StringComparison.Ordinal);
        Assert.True((long?)record["bytes"] > 0 && (int?)record["ms"] >= 0);
        Assert.Null(record["token"]);
    }

    [Fact]
    public async Task What_takes_too_long_after_the_signal_is_told_so_and_the_exit_code_says_it()
    {
        SkipWithoutSignals();
        using var server = new ServedProgram("127.0.0.1:0", "--drain", "0.1s");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var address = new Uri(server.Address);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/clean HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 100000\r\n\r\nRIFF"));
        string figures = "";
        Await.Until(
            () => (figures = server.Client.GetStringAsync(new Uri("metrics", UriKind.Relative)).Result)
                .Contains("voiceclean_places_taken 1\n", StringComparison.Ordinal),
            "it has a place");
        server.Signal("TERM");
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.Latin1);
        Assert.StartsWith("HTTP/1.1 503 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(143, server.Ended().ExitCode);
    }

    [Theory]
    [InlineData("0.0.0.0:0", "other machines")]
    [InlineData("nonsense", "must be an address")]
    [InlineData("127.0.0.1:0 --no-auth --token-file /dev/null", "names nobody")]
    [InlineData("127.0.0.1:0 --max-upload 0", "a size between 1B and 1TB")]
    [InlineData("127.0.0.1:0 --workers 0", "between 1 and 1024")]
    [InlineData("127.0.0.1:0 --metrics-listen 0.0.0.0:0", "other machines")]
    [InlineData("127.0.0.1:0 --stages spectral-gate", "put estimate-noise before it")]
    public void What_cannot_be_is_said_before_it_listens(string words, string part)
    {
        BuiltProgram.Result result = BuiltProgram.Run(["serve", "--listen", .. words.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(part, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("listening", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_for_temporary_files_must_be_there()
        => Assert.Equal(4, BuiltProgram.Run("serve", "--listen", "127.0.0.1:0", "--temp", "/nowhere").ExitCode);

    [Fact]
    public void Half_an_hour_is_the_longest_recording_if_nothing_else_is_said()
    {
        OptionRow row = new CommandOptions(OptionScope.Serve).Find("--max-duration")!;
        Assert.Equal("30min", row.Default);
    }

    [Fact]
    public void Reasons_have_the_exit_code_of_their_kind()
        => Assert.All(Enum.GetValues<ErrorKind>(), kind =>
            Assert.Equal(ExitCodes.Of(kind), ReasonStatus.Of("somebody elses", kind).ExitCode));

    [Fact]
    public void Samples_name_options_that_there_are()
    {
        var options = new CommandOptions(OptionScope.Serve);
        string folder = Path.Combine(BuiltProgram.RepositoryRoot(), "samples", "serve");
        string[] named =
        [
            .. new[] { "voiceclean.service", "compose.yaml", "kubernetes.yaml", "nginx.conf", "Dockerfile" }
                .SelectMany(f => File.ReadLines(Path.Combine(folder, f)))
                .Where(l => l.Contains("serve", StringComparison.Ordinal) || l.TrimStart().StartsWith("- --"))
                .SelectMany(l => Flag().Matches(l).Select(m => m.Value))
                .Distinct(),
        ];
        Assert.Contains("--listen", named);
        Assert.Contains("--token-file", named);
        Assert.All(named, n => Assert.NotNull(options.Find(n)));
    }

    [Fact]
    public void The_client_in_the_samples_cleans_and_says_what_is_wrong()
    {
        Requires.That(ExternalProgram.Find("python3") is not null, "python3 is not installed.");
        using var folder = new TemporaryFolder();
        using var server = new ServedProgram("127.0.0.1:0");
        string client = Path.Combine(BuiltProgram.RepositoryRoot(), "samples", "serve", "client.py");
        string[] call = ["VOICECLEAN_URL=" + server.Address, "python3", client];
        ExternalProgram.Run("env", [.. call, BuiltProgram.Sample("fan.wav"), folder["a.wav"], "strength=0.4"]);
        Assert.Equal(
            0,
            BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), folder["b.wav"], "--strength", "0.4").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["b.wav"]), File.ReadAllBytes(folder["a.wav"]));
        string said = Assert.Throws<InvalidOperationException>(() =>
            ExternalProgram.Run("env", [.. call, client, folder["c.wav"]])).Message;
        Assert.Contains("not audio in any format", said, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["c.wav"]));
    }

    private static Task<HttpResponseMessage> Post(ServedProgram server, string path) =>
        server.Client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(Fan));

    private static void SkipWithoutSignals() =>
        Requires.That(!OperatingSystem.IsWindows(), "Signals are of Unix.");

    [GeneratedRegex("(?<![a-z-])--[a-z][a-z-]*")]
    private static partial Regex Flag();
}
