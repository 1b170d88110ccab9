using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using VoiceClean.Cleaning.Options;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Cleaning.Options;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>The built program as a studio, and beside it the command line that it names.</summary>
public class StudioCommandTests
{
    [Fact]
    public void Over_30_random_sets_of_options_the_file_is_that_of_the_copied_command_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        File.Copy(BuiltProgram.Sample("fan.wav"), folder["it's a take.wav"]);
        using var studio = new Program([folder["it's a take.wav"]]);
        string clip = (string)studio.Post("/api/clips", new JsonObject { ["file"] = "f1" }).Body["clip"]!;
        int made = 0;
        RandomOptions.OfCleaning(withReading: true).Sample(
            options =>
            {
                string output = folder[$"out{made++}.wav"];
                var posted = new JsonObject();
                foreach ((OptionRow<CleaningOptions> row, string text) in OptionTable.Cleaning.Differences(options))
                {
                    posted[row.Name] = text;
                }

                (HttpStatusCode status, JsonNode body) =
                    studio.Post($"/api/clips/{clip}/renders", new JsonObject { ["options"] = posted });
                if (status != HttpStatusCode.Created)
                {
                    // What the studio refuses the command line refuses too, and for the same reason.
                    string[] words = [.. OptionTable.Cleaning.ToArguments(options)];
                    BuiltProgram.Result refused =
                        BuiltProgram.Run([folder["it's a take.wav"], output, "--json", .. words]);
                    Assert.NotEqual(0, refused.ExitCode);
                    Assert.Equal((string)body["reason"]!, (string)refused.JsonLines[0]["reason"]!);
                    return;
                }

                string[] command = Shell((string)body["command"]!);
                Assert.Equal(["voiceclean", folder["it's a take.wav"], "out.wav"], command[..3]);
                BuiltProgram.Result result = BuiltProgram.Run([command[1], output, .. command[3..]]);
                Assert.True(result.ExitCode == 0, result.Errors);
                Assert.Equal(File.ReadAllBytes(output), studio.Get($"/api/renders/{body["render"]}/result.wav"));
            },
            iter: 30,
            threads: 1);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_ends_it_at_once(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals of Unix");
        using var studio = new Program([BuiltProgram.Sample("fan.wav")]);
        Assert.NotEmpty(studio.Get("/api/session"));
        UnixSignal.Send(studio.Process, signal);
        Await.Exit(studio.Process);
        Assert.Equal(0, studio.Process.ExitCode);
    }

    [Fact]
    public void What_it_is_started_with_holds_at_first()
    {
        using var studio = new Program(
            [BuiltProgram.Sample("fan.wav"), "--strength", "0.4", "--silence", "all", "--lang", "zh-CN"]);
        JsonNode session = JsonNode.Parse(studio.Get("/api/session"))!;
        Assert.Equal(0.4, (double)session["options"]!["strength"]!);
        Assert.Equal(("zh-CN", false), ((string)session["lang"]!, (bool)session["can_write"]!));
        string clip = (string)studio.Post("/api/clips", new JsonObject { ["file"] = "f1" }).Body["clip"]!;
        JsonNode render = studio.Post($"/api/clips/{clip}/renders", []).Body;
        Assert.EndsWith(
            "out.wav --strength 0.4 --silence all",
            (string)render["command"]!,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "no-such.wav")]
    [InlineData(2, "--port", "70000")]
    [InlineData(2, "--lang", "xx")]
    [InlineData(2, "--host", "0.0.0.0")]
    [InlineData(2, "--strength", "2")]
    public void What_cannot_be_is_said_before_anything_listens(int exitCode, params string[] words)
    {
        BuiltProgram.Result result = BuiltProgram.Run(["studio", "--no-open", .. words]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.DoesNotContain("http://", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_a_sentence()
    {
        using var studio = new Program([]);
        BuiltProgram.Result result = BuiltProgram.Run("studio", "--no-open", "--port", $"{studio.Address.Port}");
        Assert.Equal(75, result.ExitCode);
        Assert.Contains("Is another server there already?", result.Errors, StringComparison.Ordinal);
    }

    private static string[] Shell(string command)
    {
        using Process shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\0' {command}"]) { RedirectStandardOutput = true })!;
        string output = shell.StandardOutput.ReadToEnd();
        Await.Exit(shell);
        return output.Split('\0')[..^1];
    }

    private sealed class Program : IDisposable
    {
        private readonly ConcurrentQueue<string> _errors = new();
        private readonly HttpClient _client;

        public Program(string[] words)
        {
            Process = BuiltProgram.Start(["studio", "--no-open", .. words]);
            Process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
            Process.BeginErrorReadLine();
            Await.Until(() => Process.HasExited || Announced is not null, "it listens");
            Address = new Uri(Announced ?? throw new InvalidOperationException(string.Join('\n', _errors)));
            _client = new HttpClient { BaseAddress = Address, Timeout = Await.Limit };
            _client.DefaultRequestHeaders.Add("X-VoiceClean-Token", Address.Fragment["#token=".Length..]);
        }

        public Uri Address { get; }

        // In whatever language it is said.
        private string? Announced =>
            _errors.SelectMany(e => e.Split(' ')).FirstOrDefault(w => w.Contains("/#token=", StringComparison.Ordinal));

        public Process Process { get; }

        public byte[] Get(string path) => _client.GetByteArrayAsync(new Uri(path, UriKind.Relative)).Result;

        public (HttpStatusCode Status, JsonNode Body) Post(string path, JsonObject body)
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = _client.PostAsync(new Uri(path, UriKind.Relative), content).Result;
            return (answer.StatusCode, JsonNode.Parse(answer.Content.ReadAsStringAsync().Result)!);
        }

        public void Dispose()
        {
            _client.Dispose();
            if (!Process.HasExited)
            {
                Process.Kill(entireProcessTree: true);
            }

            Process.Dispose();
        }
    }
}
