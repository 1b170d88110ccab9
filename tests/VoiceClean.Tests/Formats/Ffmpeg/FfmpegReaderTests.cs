using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Ffmpeg;

/// <summary>How the child process is treated, with a shell script in the place of ffmpeg.</summary>
public sealed class FfmpegReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("voiceclean-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Script(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        return ShellScript.Write(Path.Combine(_folder, "ffmpeg"), body);
    }

    private static FfmpegReader Open(string program, TimeSpan? timeout = null) =>
        new(
            program,
            new MemoryStream([1, 2, 3]),
            new ContentType("m4a", "mov"),
            new DecodeLimits { DecoderTimeout = timeout ?? Await.Limit });

    // "RIFF", a format chunk of 8 kHz mono float, a data chunk without true size, one sample of 0.5, then whatever
    // comes.
    private const string Header =
        """printf 'RIFF\377\377\377\377WAVEfmt \020\000\000\000\003\000\001\000\100\037\000\000\000\175\000\000"""
            + """\004\000\040\000data\377\377\377\377\000\000\000\077'""";

    [Fact]
    public void A_decoder_that_hangs_is_stopped_and_its_children_with_it()
    {
        string program = Script($"sleep 1000 & echo $! > {_folder}/child; {Header}; wait");
        using FfmpegReader reader = Open(program, TimeSpan.FromSeconds(2));
        Assert.Equal(ReasonCodes.Timeout, Assert.Throws<InputException>(() => reader.Read(new float[100])).Code);
        string child = File.ReadAllText(Path.Combine(_folder, "child"));
        Await.Gone(child);
    }

    [Fact]
    public async Task Abort_ends_a_waiting_read()
    {
        string program = Script(Header + "; exec sleep 1000");
        using FfmpegReader reader = Open(program);
        Task<int> read = Task.Run(() => reader.Read(new float[100]), TestContext.Current.CancellationToken);
        // Time to be waiting in; that it comes too early or too late changes nothing.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        reader.Abort();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            read.WaitAsync(Await.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_last_line_of_its_complaints_is_the_message()
    {
        string program = Script("echo first >&2; echo 'moov atom not found' >&2; exit 1");
        InputException e = Assert.Throws<InputException>(() => Open(program));
        Assert.Equal(ReasonCodes.DecodeFailed, e.Code);
        Assert.EndsWith("moov atom not found", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_complaints_do_not_fill_the_memory()
    {
        string program = Script("head -c 20000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo done >&2; exit 1");
        Assert.EndsWith("done", Assert.Throws<InputException>(() => Open(program)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_after_some_audio_is_a_warning()
    {
        string program = Script(Header + "; echo 'Invalid data found' >&2; exit 1");
        using FfmpegReader reader = Open(program);
        Decoded decoded = Decoded.From(reader);
        Assert.Equal([0.5f], decoded.Samples);
        Assert.Equal(8000, decoded.Format.SampleRate);
        Assert.Equal([WarningCodes.DamagedData], decoded.Codes);
        Assert.Contains("Invalid data found", decoded.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_called_with_a_forced_demuxer_local_protocols_and_a_prefixed_path()
    {
        string program = Script(
            $"for a in \"$@\"; do echo \"$a\"; done > {_folder}/arguments; env > {_folder}/environment; exit 1");
        Assert.Throws<InputException>(() => Open(program));
        string arguments = File.ReadAllText(Path.Combine(_folder, "arguments")).ReplaceLineEndings(" ");
        Assert.Contains("-nostdin ", arguments, StringComparison.Ordinal);
        Assert.Contains("-protocol_whitelist file,pipe -f mov -i file:/", arguments, StringComparison.Ordinal);
        Assert.Contains("-map 0:a:0", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "FFREPORT",
            File.ReadAllText(Path.Combine(_folder, "environment")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b's \"x\" [y].m4a")]
    [InlineData("-i.m4a")]
    [InlineData("concat:x|y.m4a")]
    [InlineData("日本語 %d.m4a")]
    public void Odd_names_are_only_names(string name)
    {
        Requires.Ffmpeg();
        string path = Path.Combine(_folder, name);
        ExternalProgram.Ffmpeg("-f", "lavfi", "-i", "sine=440:d=1:r=48000", "-f", "mp4", "file:" + path);
        Assert.Equal(48_000, Decoded.From(File.OpenRead(path)).Length);
    }

    [Fact]
    public void A_file_without_a_name_is_decoded_too()
    {
        Requires.Ffmpeg();
        string path = Path.Combine(_folder, "x.m4a");
        ExternalProgram.Ffmpeg("-f", "lavfi", "-i", "sine=440:d=1:r=48000", path);
        FileStream file = TemporaryFile.Create();
        file.Write(File.ReadAllBytes(path));
        Assert.Equal(48_000, Decoded.From(file).Length);
    }
}
