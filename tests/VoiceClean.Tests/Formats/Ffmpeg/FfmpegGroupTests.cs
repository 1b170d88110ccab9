using VoiceClean.Formats;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Ffmpeg;

/// <summary>
/// What a group gives, and that after any doubt it gives nothing; with a shell script in the place of ffmpeg where it
/// has to misbehave.
/// </summary>
public sealed class FfmpegGroupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FfmpegGroupTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Files are decoded together on Linux only.");
        Requires.Ffmpeg();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_file_gets_its_own_samples()
    {
        string[] paths = [Clip("a.m4a", 1.0), Clip("b.m4a", 0.5), Clip("c.m4a", 0.7)];
        DecodedFile?[] decoded = Decode(FfmpegProgram.Path!, paths);
        for (int i = 0; i < paths.Length; i++)
        {
            using var alone = new FfmpegReader(
                FfmpegProgram.Path!,
                File.OpenRead(paths[i]),
                new ContentType("m4a", "mov"),
                new DecodeLimits());
            using var together = new FfmpegReader(
                FfmpegProgram.Path!,
                File.OpenRead(paths[i]),
                new ContentType("m4a", "mov"),
                new DecodeLimits(),
                decoded[i]);
            Assert.Equal(alone.Format, together.Format);
            Assert.Equal(Decoded.From(alone).Samples, Decoded.From(together).Samples);
        }
    }

    [Fact]
    public void Each_file_keeps_its_own_tags()
    {
        string[] titles = ["first", "second"];
        DecodedFile?[] decoded = Decode(
            FfmpegProgram.Path!,
            [.. titles.Select(t => Clip(t + ".m4a", 0.1, "-metadata", "title=" + t))]);
        for (int i = 0; i < titles.Length; i++)
        {
            byte[] start = new byte[300];
            decoded[i]!.Read(start);
            decoded[i]!.Dispose();
            string text = System.Text.Encoding.Latin1.GetString(start);
            Assert.Contains(titles[i], text, StringComparison.Ordinal);
            Assert.DoesNotContain(titles[1 - i], text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("exec {0} \"$@\"; ", true)]
    [InlineData("{0} \"$@\"; exit 1", false)]
    [InlineData("{0} \"$@\"; echo something >&2", false)]
    [InlineData("{0} \"$@\"; head -c 20000000 /dev/zero | tr '\\0' x >&2", false)]
    [InlineData("{0} \"$@\"; for a in \"$@\"; do last=$a; done; printf x >> ${{last#file:}}", false)]
    [InlineData("exit 0", false)]
    public void Any_doubt_about_one_and_all_go_alone(string script, bool isGood)
    {
        string program = Script(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, script, FfmpegProgram.Path));
        DecodedFile?[] decoded = Decode(program, [Clip("a.m4a", 0.5), Clip("b.m4a", 0.5)]);
        Assert.Equal(2, decoded.Length);
        Assert.All(decoded, d => Assert.Equal(isGood, d is not null));
        decoded.ToList().ForEach(d => d?.Dispose());
    }

    [Fact]
    public void A_file_that_is_longer_than_it_says_is_not_believed()
    {
        string path = Clip("a.m4a", 2.0);
        using FileStream a = File.OpenRead(path),
            b = File.OpenRead(path);
        Assert.All(
            FfmpegGroup.Decode(FfmpegProgram.Path!, [(a, 100_000), (b, 1_000_000)], CancellationToken.None),
            Assert.Null);
    }

    [Fact]
    public void One_that_hangs_is_stopped_and_one_that_is_cancelled_too()
    {
        string program = Script($"sleep 1000; touch '{_folder["waited"]}'"), path = Clip("a.m4a", 0.5);
        using FileStream a = File.OpenRead(path), b = File.OpenRead(path);
        Assert.All(
            FfmpegGroup.Decode(
                program,
                [(a, 1_000_000), (b, 1_000_000)],
                TimeSpan.FromSeconds(0.5),
                CancellationToken.None),
            Assert.Null);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            FfmpegGroup.Decode(program, [(a, 1_000_000), (b, 1_000_000)], soon.Token));
        Assert.False(File.Exists(_folder["waited"]), "it has waited for a program that hangs");
    }

    [Fact]
    public void Only_short_MP4_audio_goes_with_others()
    {
        Assert.InRange(Limit(Clip("a.m4a", 1.0)) ?? 0, 48_000 * 8, 48_000 * 8 * 1.2);
        Assert.NotNull(Limit(Clip("called.wav", 1.0, "-f", "mp4")));
        Assert.Null(Limit(Clip("long.m4a", 60, "-b:a", "32k")));
        Assert.Null(Limit(Clip("a.wav", 1.0)));
        Assert.Null(Limit(Clip("a.webm", 1.0)));
        Assert.Null(Limit(Clip("fragments.m4a", 1.0, "-movflags", "+frag_keyframe+empty_moov")));
        Assert.Null(FfmpegGroup.OutputLimit(new MemoryStream()));
    }

    private static long? Limit(string path)
    {
        using FileStream file = File.OpenRead(path);
        return FfmpegGroup.OutputLimit(file);
    }

    private static DecodedFile?[] Decode(string program, string[] paths)
    {
        var inputs = paths.Select(p => (Stream: File.OpenRead(p), Limit: Limit(p)!.Value)).ToList();
        try
        {
            return FfmpegGroup.Decode(program, inputs, CancellationToken.None);
        }
        finally
        {
            inputs.ForEach(i => i.Stream.Dispose());
        }
    }

    private string Clip(string name, double seconds, params string[] more)
    {
        string path = Path.Combine(_folder.Path, name);
        ExternalProgram.Ffmpeg([
            "-f",
            "lavfi",
            "-i",
            FormattableString.Invariant(
                $"aevalsrc=0.3*sin({300 + name.Sum(c => c)}*2*PI*t)+0.01*random(0):s=44100:d={seconds}"),
            .. more,
            path,
        ]);
        return path;
    }

    private string Script(string body) => ShellScript.Write(Path.Combine(_folder.Path, "ffmpeg"), body);
}
