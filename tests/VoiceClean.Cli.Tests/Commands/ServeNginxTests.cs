using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>The nginx configuration that is shipped, in a real nginx before a real server; only its port and paths are
/// changed.</summary>
public sealed class ServeNginxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _nginx;

    public void Dispose()
    {
        if (_nginx is not null)
        {
            UnixSignal.Send(_nginx, "TERM");
            Await.Exit(_nginx);
            _nginx.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_shipped_passes_recordings_through_refuses_in_our_form_and_hides_the_rest()
    {
        using var server = new ServedProgram("unix:" + _folder["serve.sock"], "--max-upload", "100MB");
        using HttpClient client = StartNginx();
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample("fan.wav"), _folder["cli.wav"]).ExitCode);
        byte[] fan = await File.ReadAllBytesAsync(BuiltProgram.Sample("fan.wav"));

        using HttpResponseMessage answer = await client.PostAsync(At("v1/clean?id=fan.wav"), new ByteArrayContent(fan));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["cli.wav"]), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("ok", Assert.Single(answer.Headers.GetValues("VoiceClean-Status")));
        Assert.Single(answer.Headers.GetValues("Repr-Digest"));

        using var words = new StringContent("hello, this is no recording");
        using HttpResponseMessage text = await client.PostAsync(At("v1/clean"), words);
        Assert.Equal((415, "unsupported_format"), ((int)text.StatusCode, (string?)(await Problem(text))["reason"]));

        using var large = new HttpRequestMessage(HttpMethod.Post, At("v1/clean"))
        {
            Content = new ByteArrayContent(new byte[101 << 20]),
        };
        large.Headers.ExpectContinue = true;
        using HttpResponseMessage refused = await client.SendAsync(large);
        Assert.Equal((413, "too_large"), ((int)refused.StatusCode, (string?)(await Problem(refused))["reason"]));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(At("readyz"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(At("openapi.json"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(At("metrics"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(At("healthz"))).StatusCode);

        server.Process.Kill();
        server.Process.WaitForExit();
        using HttpResponseMessage away = await client.PostAsync(At("v1/clean"), new ByteArrayContent(fan));
        Assert.Equal((503, "busy"), ((int)away.StatusCode, (string?)(await Problem(away))["reason"]));
        Assert.NotNull(away.Headers.RetryAfter);
    }

    private HttpClient StartNginx()
    {
        string? nginx = ExternalProgram.Find("nginx") ?? (File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : null);
        Requires.That(nginx is not null, "nginx is not installed.");
        int port = FreePort();
        string made = WriteCertificate();
        string shipped = File.ReadAllText(
            Path.Combine(BuiltProgram.RepositoryRoot(), "samples", "serve", "nginx.conf"));
        File.WriteAllText(
            _folder["site.conf"],
            shipped
                .Replace("listen 443 ssl", $"listen 127.0.0.1:{port} ssl", StringComparison.Ordinal)
                .Replace("/run/voiceclean/serve.sock", _folder["serve.sock"], StringComparison.Ordinal)
                .Replace("/etc/ssl/voiceclean/", _folder.Path + "/", StringComparison.Ordinal));
        string[] temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        File.WriteAllText(_folder["nginx.conf"], $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{_folder["nginx.pid"]}};
            error_log {{_folder["error.log"]}};
            events { }
            http {
                access_log off;
                {{string.Join("\n    ", temporary.Select(t => $"{t}_temp_path {_folder[t]};"))}}
                include {{_folder["site.conf"]}};
            }
            """);
        _nginx = Process.Start(new ProcessStartInfo(nginx!, ["-c", _folder["nginx.conf"], "-p", _folder.Path])
        {
            RedirectStandardError = true,
        })!;
        Task<string> errors = _nginx.StandardError.ReadToEndAsync();
        Await.Until(() => _nginx.HasExited || CanConnect(port), "nginx listens");
        Assert.False(_nginx.HasExited, _nginx.HasExited ? errors.Result : "");
        return new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == made,
            },
        })
        {
            BaseAddress = new Uri($"https://127.0.0.1:{port}/"),
            Timeout = Await.Limit,
        };
    }

    // Returns its hash, by which the client knows it.
    private string WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=voiceclean", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder["fullchain.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }

    private static async Task<JsonNode> Problem(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static int FreePort()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static bool CanConnect(int port)
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
