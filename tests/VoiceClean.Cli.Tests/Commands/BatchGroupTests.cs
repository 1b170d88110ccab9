using System.Diagnostics;
using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>Several M4A files in one ffmpeg process must show in nothing but the time a batch takes.</summary>
public sealed class BatchGroupTests : IDisposable
{
    private readonly BatchWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Files_decoded_together_give_the_same_results_and_reports_as_each_alone()
    {
        NeedFfmpeg();
        Mixture();
        (string aloneTree, string[] aloneLines, int aloneCalls) = Run("1", "1");
        foreach (string jobs in new[] { "1", "3" })
        {
            (string tree, string[] lines, int calls) = Run("8", jobs);
            Assert.Equal(aloneLines, lines);
            Assert.Equal(aloneTree, tree);
            Assert.InRange(calls, 1, aloneCalls - 10);
        }

        // Where nothing works together, everything is as it was, after a few attempts.
        (string brokenTree, string[] brokenLines, int brokenCalls) = Run(
            "8",
            "2",
            "case \"$*\" in *-i*-i*) echo no >&2; exit 1;; esac; ");
        Assert.Equal(aloneLines, brokenLines);
        Assert.Equal(aloneTree, brokenTree);
        Assert.InRange(brokenCalls, aloneCalls + 1, aloneCalls + 6);

        // What the mixture is meant to be a mixture of.
        Assert.Contains(aloneLines, l => l.Contains("\"damaged_data\"", StringComparison.Ordinal));
        Assert.Contains(aloneLines, l => l.Contains("\"wrong_extension\"", StringComparison.Ordinal));
        Assert.Contains(aloneLines, l => l.Contains("\"truncated\"", StringComparison.Ordinal));
        Assert.Contains(aloneLines, l => l.Contains("\"decode_failed\"", StringComparison.Ordinal));
        Assert.Contains(aloneLines, l => l.Contains("\"empty_file\"", StringComparison.Ordinal));
        Assert.True(aloneLines.Count(l => l.Contains("\"ok\"", StringComparison.Ordinal)) > 30);
    }

    [Fact]
    public void Killed_while_a_group_is_decoded_it_leaves_no_temporary_file_and_the_next_run_completes()
    {
        NeedFfmpeg();
        Good(6);
        string temporary = Directory.CreateDirectory(_work["tmp"]).FullName;
        string hanging = Script($"echo \"$@\" >> '{_work["calls"]}'; exec sleep 1000");
        using (
            Process process = BuiltProgram.Start(
                _work.Words("-q", "-j", "1"),
                new Dictionary<string, string> { ["VOICECLEAN_FFMPEG"] = hanging, ["TMPDIR"] = temporary }))
        {
            Await.Until(() => Calls().Length > 0, "ffmpeg was started");
            process.Kill(entireProcessTree: true);
            Await.Exit(process);
        }

        Assert.Equal(6, File.ReadAllText(_work["calls"]).Split("-i file:").Length - 1);
        Assert.Empty(Directory.EnumerateFiles(temporary, ".vc-*"));
        Assert.Equal(0, _work.Batch("-q").ExitCode);
        Assert.Equal(6, _work.Results().Length);
    }

    [Fact]
    public void A_signal_ends_a_run_that_waits_for_a_group_and_ffmpeg_with_it()
    {
        NeedFfmpeg();
        Good(12);
        string hanging = Script($"echo $$ >> '{_work["calls"]}'; exec sleep 1000");
        using Process process = BuiltProgram.Start(
            _work.Words("-q", "-j", "2"),
            new Dictionary<string, string> { ["VOICECLEAN_FFMPEG"] = hanging });
        Await.Until(() => Calls().Length == 2, "Two groups wait for ffmpeg");
        UnixSignal.Send(process, "INT");
        Await.Exit(process);
        Assert.Equal(130, process.ExitCode);
        Assert.All(Calls(), Await.Gone);
    }

    /// <summary>
    /// Runs it over the same folder into a new one: results, report lines without times, calls of ffmpeg.
    /// </summary>
    private (string Tree, string[] Lines, int Calls) Run(string together, string jobs, string before = "")
    {
        string calls = _work["calls"];
        File.WriteAllText(calls, "");
        string counting = Script($"echo call >> '{calls}'; {before}exec {Ffmpeg} \"$@\"");
        BuiltProgram.Result run = BuiltProgram.Run(
            _work.Words("-q", "--json", "-j", jobs),
            null,
            new Dictionary<string, string> { ["VOICECLEAN_FFMPEG"] = counting, ["VOICECLEAN_FFMPEG_GROUP"] = together }
        );
        string tree = _work.Tree();
        Directory.Delete(_work["out"], recursive: true);
        return (tree, [.. run.JsonLines[..^1].Select(WithoutTimes)], File.ReadAllLines(calls).Length);
    }

    /// <summary>The whole lines that the stand-in for ffmpeg has written.</summary>
    private string[] Calls() =>
        File.Exists(_work["calls"]) ? File.ReadAllText(_work["calls"]).Split('\n')[..^1] : [];

    private static string WithoutTimes(JsonNode line)
    {
        line.AsObject().Remove("cost");
        string text = line.ToJsonString();
        // ffmpeg's messages name an address in its memory
        int address = text.IndexOf("@ 0x", StringComparison.Ordinal);
        return address < 0 ? text : text[..address] + text[(text.IndexOf(']', address) + 1)..];
    }

    private void Mixture()
    {
        Good(24);
        byte[] good = File.ReadAllBytes(_work["in/00.m4a"]);
        // AAC of six channels is ffmpeg's, and ffmpeg says what is wrong with it and goes on.
        Encode("-ac", "6", "-ar", "48000", _work["in/05b damaged.m4a"]);
        byte[] damaged = File.ReadAllBytes(_work["in/05b damaged.m4a"]);
        for (int i = damaged.Length / 3; i < (damaged.Length / 3) + 60; i++)
        {
            damaged[i] ^= 0x5A;
        }

        File.WriteAllBytes(_work["in/05b damaged.m4a"], damaged);
        File.WriteAllBytes(_work["in/08b cut.m4a"], good[..(good.Length / 2)]);
        // What ALAC needs to know of itself stands behind its name.
        Encode("-ac", "1", "-c:a", "alac", _work["in/09b unknown.caf"]);
        byte[] unknown = File.ReadAllBytes(_work["in/09b unknown.caf"]);
        unknown.AsSpan(unknown.AsSpan().LastIndexOf("alac"u8) + 4, 28).Fill(0xFF);
        File.WriteAllBytes(_work["in/09b unknown.caf"], unknown);
        File.WriteAllBytes(_work["in/10b empty.m4a"], []);
        File.WriteAllBytes(_work["in/11b.m4a"], "this is not audio at all, whatever its name says"u8.ToArray());
        File.WriteAllBytes(_work["in/12b.wav"], good);
        File.WriteAllBytes(_work["in/13b.mp3"], good);
        _work.Clips("01b.wav", "12c.wav", "15b.m4a", "zz.wav");
        Encode("-ac", "1", _work["in/12d.flac"]);
        Encode("-ac", "1", "-c:a", "alac", "-movflags", "+faststart", _work["in/14b.m4a"]);
        Encode("-ac", "2", "-c:a", "alac", _work["in/14c.m4a"]);
        Encode("-ac", "6", "-ar", "48000", _work["in/14d.m4a"]);
        Encode("-ac", "2", "-ar", "22050", "-c:a", "alac", _work["in/14e.mp4"]);
    }

    /// <summary>
    /// Makes so many, by one call of ffmpeg: mono and stereo, each with a length and a rate of its own.
    /// </summary>
    private void Good(int count) =>
        Encode([
            .. Enumerable
                .Range(0, count)
                .SelectMany(i =>
                    (string[])
                        [
                            "-ac",
                            $"{1 + (i % 2)}",
                            "-ar",
                            i % 3 == 0 ? "48000"
                            : i % 3 == 1 ? "44100"
                            : "16000",
                            "-t",
                            FormattableString.Invariant($"{0.2 + (0.037 * i)}"),
                            "-c:a",
                            "alac",
                            _work[$"in/{i:00}.m4a"],
                        ]),
        ]);

    private void Encode(params string[] outputs)
    {
        Directory.CreateDirectory(_work["in"]);
        ExternalProgram.Ffmpeg(
            ["-f", "lavfi", "-i", "aevalsrc=0.3*sin(440*2*PI*t)+0.05*random(0):s=48000:d=1.5", .. outputs]);
    }

    private string Script(string body) => _work.Script("ffmpeg", body);

    private static string? Ffmpeg { get; } = ExternalProgram.Find("ffmpeg");

    private static void NeedFfmpeg()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Files are decoded together on Linux only.");
        Requires.Ffmpeg();
    }
}
