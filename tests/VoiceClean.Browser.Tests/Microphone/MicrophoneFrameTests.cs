using System.Net;
using System.Net.Sockets;
using System.Text;
using PuppeteerSharp;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>The page in a frame of another site.</summary>
public sealed class MicrophoneFrameTests(VoiceFixture browser) : IClassFixture<VoiceFixture>
{
    [Fact]
    public async Task A_site_that_is_named_shows_the_page_and_is_told_the_last_record()
    {
        using Site site = new();
        await using MicrophonePage page = await browser.Open(
            change: o => o with { MicrophoneOrigins = [site.Origin] },
            more: site.Origin);
        site.Body = $$"""
            <!DOCTYPE html><title>shop</title>
            <script>
              addEventListener("message", e => {
                if (e.origin === "{{page.Address.GetLeftPart(UriPartial.Authority)}}") window.told = e.data;
              });
            </script>
            <iframe src="{{page.Address}}mic" allow="microphone" width="700" height="900"></iframe>
            """;
        await page.Watched.Go(new Uri(site.Origin));
        IFrame frame = page.Watched.Page.Frames.Single(f => f.ParentFrame is not null);
        await frame.WaitForFunctionAsync("() => window.microphoneCheck !== undefined", new WaitForFunctionOptions());
        await frame.EvaluateExpressionAsync("document.getElementById('begin').click()");
        await frame.WaitForFunctionAsync(
            "() => (microphoneCheck.take?.seconds ?? 0) > 4",
            new WaitForFunctionOptions());
        await frame.EvaluateExpressionAsync("document.getElementById('done').click()");
        await page.Until("window.told?.final", "the site is told");
        Assert.Equal("voiceclean", await page.Watched.Ask<string>("told.source"));
        Assert.Equal("voiceclean.result/1", await page.Watched.Ask<string>("told.record.schema"));
    }

    [Fact]
    public async Task A_site_that_is_not_named_shows_nothing()
    {
        using Site site = new();
        await using MicrophonePage page = await browser.Open(
            change: o => o with { MicrophoneOrigins = ["https://shop.example"] },
            more: site.Origin);
        site.Body = $"<!DOCTYPE html><title>shop</title><iframe src='{page.Address}mic' allow='microphone'></iframe>";
        await page.Watched.Go(new Uri(site.Origin));
        var faults = new List<string>();
        Await.Until(
            () =>
            {
                faults.AddRange(page.Watched.TakeFaults());
                return faults.Count > 0;
            },
            "The browser has refused the frame");
        Assert.All(faults, f => Assert.Contains("frame-ancestors", f, StringComparison.Ordinal));
    }

    /// <summary>A site of one page on a port of its own, and so another origin.</summary>
    private sealed class Site : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Site()
        {
            _listener.Start();
            _ = Task.Run(Serve);
        }

        public string Body { get; set; } = "";

        public string Origin => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public void Dispose() => _listener.Dispose();

        private async Task Serve()
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                byte[] request = new byte[16_384];
                int count = 0;
                while (!Encoding.ASCII.GetString(request, 0, count).Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    int read = await stream.ReadAsync(request.AsMemory(count));
                    if (read == 0)
                    {
                        break;
                    }

                    count += read;
                }

                byte[] body = Encoding.UTF8.GetBytes(Body);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\n"
                        + "Connection: close\r\n\r\n"));
                await stream.WriteAsync(body);
            }
        }
    }
}
